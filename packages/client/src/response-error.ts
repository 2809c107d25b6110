import { TaskwireClientError, codeOfStatus, isErrorCode } from './client-error.ts';
import { isRecord, readFields } from './shapes.ts';

/** The error that an HTTP answer with a status of 400 or more means. Reads its body. */
export async function errorOfResponse(response: Response): Promise<TaskwireClientError> {
  const { status } = response;
  const described = describe(await readJson(response));
  const code = isErrorCode(described.code) ? described.code : codeOfStatus(status);
  const message = described.message ?? `the server answered ${status} ${response.statusText}`.trim();
  return new TaskwireClientError(code, message, { fields: described.fields, status });
}

/** An answer's JSON, or undefined if it has none: a proxy's page, a cut-off body. */
export async function readJson(response: Response): Promise<unknown> {
  try {
    const body: unknown = await response.json();
    return body;
  } catch {
    return undefined;
  }
}

/** Both forms that errors come in: Taskwire's `{ error: { code, message, fields } }` and tRPC's, with `data`. */
function describe(body: unknown) {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const data = isRecord(error['data']) ? error['data'] : {};
  return {
    code: data['taskwireCode'] ?? error['code'],
    message: typeof error['message'] === 'string' ? error['message'] : undefined,
    fields: readFields(data['fields'] ?? error['fields']),
  };
}

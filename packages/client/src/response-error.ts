import { TaskwireClientError } from './client-error.ts';
import { ownError } from './own-answer.ts';

/** The error that an HTTP answer with a status of 400 or more means. Reads its body. */
export async function errorOfResponse(response: Response): Promise<TaskwireClientError> {
  return ownError(await readJson(response), response.status) ?? foreignAnswer(response);
}

/** The error for an answer that is not Taskwire's: the server may answer the same call once the proxy reaches it again. */
export function foreignAnswer({ status, url, headers }: Response, cause?: unknown): TaskwireClientError {
  const origin = URL.canParse(url) ? ` at ${new URL(url).origin}` : '';
  const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
  const message = `a proxy or another server${origin} answered ${status} (${type}), not Taskwire: is the URL right?`;
  return new TaskwireClientError('NETWORK', message, { status, cause });
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

import { TaskwireClientError } from './client-error.ts';
import { errorOfResponse } from './response-error.ts';
import type { Transport } from './transport.ts';

/**
 * `fetch` for tRPC's queries and mutations. Answers of tRPC are JSON, errors too; any other answer is a proxy's or a
 * stranger's, which tRPC would report as JSON that does not parse.
 * @throws TaskwireClientError
 */
export async function fetchJson(
  transport: Transport,
  input: string | URL | Request,
  init: RequestInit,
): Promise<Response> {
  const response = await transport.fetch(input, init);
  const { status } = response;
  if (response.headers.get('content-type')?.includes('json') === true) return response;
  if (!response.ok) throw await errorOfResponse(response);
  await response.body?.cancel();
  throw new TaskwireClientError('INTERNAL', `${transport.url} did not answer with JSON: is it a Taskwire server?`, {
    status,
  });
}

import { TaskwireClientError } from './client-error.ts';
import { errorOfResponse } from './response-error.ts';
import type { Transport } from './transport.ts';

/**
 * Opens an event stream, with a fresh token.
 * @throws TaskwireClientError if the server refuses, cannot be reached, or answers with something else.
 */
export async function openStream(transport: Transport, url: string | URL, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(await transport.authorization())) headers.set(name, value);
  const response = await transport.fetch(url, { ...init, headers });
  if (!response.ok) throw await errorOfResponse(response);
  const contentType = response.headers.get('content-type') ?? '';
  if (contentType.startsWith('text/event-stream')) return response;
  await response.body?.cancel();
  throw new TaskwireClientError(
    'INTERNAL',
    `${transport.url} did not answer with an event stream: is it a Taskwire server?`,
    {
      status: response.status,
    },
  );
}

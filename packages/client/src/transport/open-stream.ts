import { TaskwireClientError } from '../errors/client-error.ts';
import { errorOfResponse, foreignAnswerError } from '../errors/response-error.ts';
import type { Transport } from './transport.ts';

/** Longest time (ms) until an answer begins. */
const OPEN_WITHIN_MS = 20_000;

/**
 * Fetches with a time limit until the answer begins: a connection that is accepted and closed at once may leave a fetch
 * waiting for ever. The rest of the answer has no limit.
 */
async function fetchInTime(transport: Transport, url: string | URL, init: RequestInit): Promise<Response> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  if (init.signal?.aborted === true) leave();
  init.signal?.addEventListener('abort', leave, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TaskwireClientError('NETWORK', `${transport.url} does not answer`));
      leave();
    }, OPEN_WITHIN_MS);
  });
  try {
    return await Promise.race([transport.fetch(url, { ...init, signal: leaving.signal }), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Opens an event stream, with a fresh token.
 * @throws TaskwireClientError if the server refuses, cannot be reached, or answers with anything but an event stream.
 */
export async function openStream(transport: Transport, url: string | URL, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(await transport.authorization())) headers.set(name, value);
  const response = await fetchInTime(transport, url, { ...init, headers });
  if (!response.ok) throw await errorOfResponse(response);
  const contentType = response.headers.get('content-type') ?? '';
  if (contentType.startsWith('text/event-stream')) return response;
  await response.body?.cancel();
  throw foreignAnswerError(response);
}

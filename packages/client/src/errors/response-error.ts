import { TaskwireClientError } from './client-error.ts';
import { taskwireErrorOf } from './taskwire-answer.ts';

/** Longest body (characters) of an error, a configuration or an answer to an upload. */
const LONGEST_BODY = 1_000_000;
/** Longest time (ms) to read such a body. */
const LONGEST_READ_MS = 10_000;

/** The error for an HTTP answer with a status of 400 or more. Reads its body. */
export async function errorOfResponse(response: Response): Promise<TaskwireClientError> {
  return taskwireErrorOf(await readJson(response), response.status) ?? foreignAnswerError(response);
}

/** The error for an answer that is not Taskwire's. It is retryable: the proxy may reach the server again later. */
export function foreignAnswerError({ status, url, headers }: Response, cause?: unknown): TaskwireClientError {
  const origin = URL.canParse(url) ? ` at ${new URL(url).origin}` : '';
  const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
  const message = `a proxy or another server${origin} answered ${status} (${type}), not Taskwire: is the URL right?`;
  return new TaskwireClientError('NETWORK', message, { status, cause });
}

/** The JSON of an answer; undefined for a proxy's page, and for a body that is cut off, too long or endless. */
export async function readJson(response: Response): Promise<unknown> {
  try {
    const body: unknown = JSON.parse(await readShortText(response));
    return body;
  } catch {
    return undefined;
  }
}

/** @throws Error if reading fails, or if the body is longer or slower than the limits allow. */
async function readShortText({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  if (reader === undefined) return '';
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new Error('the body takes too long'));
    // Ends a pending `read`.
    void reader.cancel().catch(() => undefined);
  }, LONGEST_READ_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      late.signal.throwIfAborted();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > LONGEST_BODY) throw new Error('the body is too long');
    }
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => undefined);
  }
}

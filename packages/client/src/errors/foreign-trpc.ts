import { isRecord } from '../transport/shapes.ts';
import { TaskwireClientError, type ClientErrorDetails } from './client-error.ts';

/** Longest part (characters) of another server's words in a message. */
const LONGEST_WORDS = 300;

const TRANSFORMER =
  "the server's tRPC has a transformer (such as superjson), which Taskwire's clients do not have: mount Taskwire's " +
  'handler beside that router, or take its transformer out';

/**
 * The error for a refusal of tRPC that is not in Taskwire's form: another server answered, or the router around Taskwire's
 * lacks a setting. It is retryable, as each foreign answer is.
 * @param refusal the error of an answer, or of a stream. @returns undefined if it is not tRPC's.
 */
export function foreignTrpcError(refusal: unknown, details: ClientErrorDetails): TaskwireClientError | undefined {
  if (isTransformed(refusal)) return transformedError(details);
  if (!isTrpcRefusal(refusal)) return undefined;
  const { message } = refusal;
  const words = message.length > LONGEST_WORDS ? `${message.slice(0, LONGEST_WORDS)}…` : message;
  const status = details.status === undefined ? '' : `${details.status} `;
  const remedy = 'are URL and path right? A router that nests Taskwire’s needs the errorFormatter of @taskwire/server';
  return new TaskwireClientError(
    'NETWORK',
    `a tRPC server answered ${status}“${words}”, not Taskwire: ${remedy}`,
    details,
  );
}

/** The same for a JSON body: an answer to a call, or to a batch of calls. */
export function foreignTrpcErrorOf(body: unknown, details: ClientErrorDetails): TaskwireClientError | undefined {
  const answers: readonly unknown[] = Array.isArray(body) ? body : [body];
  const refusals = answers.map((answer) => (isRecord(answer) ? answer['error'] : undefined));
  return refusals.map((refusal) => foreignTrpcError(refusal, details)).find((error) => error !== undefined);
}

/** Whether a value is an error as tRPC sends it. */
export function isTrpcRefusal(value: unknown): value is { message: string; code: number } {
  return isRecord(value) && typeof value['message'] === 'string' && typeof value['code'] === 'number';
}

/** The error for a stream of another server. */
export function foreignStreamError(): TaskwireClientError {
  const message = "a proxy or another server answered with a stream that is not Taskwire's: is the URL right?";
  return new TaskwireClientError('NETWORK', message);
}

/** Whether a value is in the form of tRPC's usual transformer, superjson: `{ json, meta? }`. */
export function isTransformed(value: unknown): boolean {
  return isRecord(value) && 'json' in value && Object.keys(value).every((name) => name === 'json' || name === 'meta');
}

/** The error for a value in that form. */
export function transformedError(details: ClientErrorDetails = {}): TaskwireClientError {
  return new TaskwireClientError('NETWORK', TRANSFORMER, details);
}

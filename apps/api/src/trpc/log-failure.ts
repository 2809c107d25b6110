import { ERROR_CODES, TaskwireError } from '@taskwire/protocol';
import { toStreamError } from '@taskwire/router';
import type { Logger } from 'pino';

/** Logs what a procedure threw if it is the server's own fault, without anything that a caller sent. */
export function logFailure(logger: Logger, thrown: unknown, call: { path: string | undefined; type: string }): void {
  const error = toStreamError(thrown);
  const err = error.cause ?? error;
  const internal = error.cause instanceof TaskwireError && error.cause.code === 'INTERNAL';
  if (internal) logger.error({ err: error.cause.cause ?? err, ...call }, 'procedure failed');
  if (error.code === ERROR_CODES.SERVICE_UNAVAILABLE.trpc) logger.warn({ err, ...call }, 'refused for now');
}

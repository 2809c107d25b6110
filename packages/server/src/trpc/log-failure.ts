import { ERROR_CODES, TaskwireError } from '@taskwire/protocol';
import { toStreamError } from '@taskwire/router';
import type { Logger } from 'pino';

/** Logs an error of a procedure if it is a fault of the server, without the caller's data. */
export function logFailure(logger: Logger, thrown: unknown, call: { path: string | undefined; type: string }): void {
  const error = toStreamError(thrown);
  const err = error.cause ?? error;
  const internal = error.cause instanceof TaskwireError && error.cause.code === 'INTERNAL';
  if (internal) logger.error({ err: error.cause.cause ?? err, ...call }, 'procedure failed');
  if (error.code === ERROR_CODES.SERVICE_UNAVAILABLE.trpc) logger.warn({ err, ...call }, 'refused for now');
}

/**
 * - `data-directory-unwritable`: the data folder cannot be made or written
 * - `already-running`: another process uses the same data folder now
 * - `postgres-binaries-missing`: no PostgreSQL is packaged for this platform, or it does not run here
 * - `postgres-account-missing`: started as root, and there is no other account that PostgreSQL could run as
 * - `postgres-failed`: PostgreSQL did not start; the message ends with the tail of its log
 * - `database-unreachable`: the DATABASE_URL that was given does not answer
 * - `redis-unavailable`: no way to a Redis worked; the message lists what was tried
 * - `redis-failed`: Redis did not start; the message ends with the tail of its log
 * - `redis-unreachable`: the REDIS_URL that was given does not answer
 */
export type DevStackErrorCode =
  | 'data-directory-unwritable'
  | 'already-running'
  | 'postgres-binaries-missing'
  | 'postgres-account-missing'
  | 'postgres-failed'
  | 'database-unreachable'
  | 'redis-unavailable'
  | 'redis-failed'
  | 'redis-unreachable';

/** The stack cannot start. `message` gives the cause, `remedy` the steps that help. */
export class DevStackError extends Error {
  override readonly name = 'DevStackError';
  readonly code: DevStackErrorCode;
  readonly remedy: string;

  constructor(code: DevStackErrorCode, explanation: { message: string; remedy: string; cause?: unknown }) {
    super(explanation.message, { cause: explanation.cause });
    this.code = code;
    this.remedy = explanation.remedy;
  }
}

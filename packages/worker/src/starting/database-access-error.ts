import { connectionFailure, connectionRefusal } from '@taskwire/db';

/** PostgreSQL cannot be used at the start. The message is one line with the remedy. */
export class DatabaseAccessError extends Error {
  override readonly name = 'DatabaseAccessError';
}

/** A DatabaseAccessError with the cause of a failed first connection. All other errors come back as they are. */
export function explainAccess(error: unknown): unknown {
  const refusal = connectionRefusal(error);
  if (refusal !== undefined) return new DatabaseAccessError(`PostgreSQL ${refusal}`, { cause: error });
  if (connectionFailure(error) === undefined) return error;
  const remedy = 'check its host and port, and that PostgreSQL runs and has connections left';
  return new DatabaseAccessError(`PostgreSQL cannot be reached by DATABASE_URL: ${remedy}`, { cause: error });
}

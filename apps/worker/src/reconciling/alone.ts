import type { Database } from '@taskwire/db';

/** Names the lock among the advisory locks of the database, which are common to all of its schemas. */
const RECONCILER_LOCK = 72_707_371;

/**
 * Runs `work` unless another process does so at this moment: the lock belongs to a transaction that stays open
 * meanwhile. Should the server end it early, two may work at once, which does no harm.
 * @returns whether it was run.
 */
export async function alone(database: Database, timeoutMs: number, work: () => Promise<void>): Promise<boolean> {
  return database.$transaction(
    async (transaction) => {
      const rows = await transaction.$queryRaw<{ locked: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(CASE current_schema()
          WHEN 'public' THEN ${RECONCILER_LOCK}::bigint
          ELSE hashtextextended(current_schema(), ${RECONCILER_LOCK}::bigint) END) AS locked`;
      if (rows[0]?.locked !== true) return false;
      await work();
      return true;
    },
    { timeout: timeoutMs },
  );
}

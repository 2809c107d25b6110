import type { Database } from '@taskwire/db';

/** Key of the reconciler's advisory lock. All schemas of a database share its advisory locks. */
const RECONCILER_LOCK = 72_707_371;

/**
 * Runs `work` under an advisory lock, unless another process holds it. The lock belongs to a transaction that stays open
 * while `work` runs. If the server ends the transaction early, two processes may work at once, which does no harm.
 * @returns whether `work` ran.
 */
export async function withReconcilerLock(
  database: Database,
  timeoutMs: number,
  work: () => Promise<void>,
): Promise<boolean> {
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

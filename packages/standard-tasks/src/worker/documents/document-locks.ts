import type { QueryRunner } from '@taskwire/db';

/**
 * Takes the advisory lock of a name until the transaction ends, if it is free. It never waits, so that locks taken in
 * any order cause no deadlock.
 */
export async function tryLock(transaction: QueryRunner, name: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<{ isLocked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS "isLocked"`;
  return rows[0]?.isLocked === true;
}

/** The name of the lock for a file's content among its owner's documents. */
export function fileLock({ ownerId, contentHash }: { ownerId: string; contentHash: string }): string {
  return `taskwire document file ${contentHash} ${ownerId}`;
}

/** The name of the lock for a document's chunks. */
export function documentLock(documentId: string): string {
  return `taskwire document ${documentId}`;
}

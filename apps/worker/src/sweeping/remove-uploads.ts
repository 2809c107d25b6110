import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteUnusedUploads } from '@taskwire/db';
import type { SweepDependencies } from './sweep-dependencies.ts';

/**
 * Deletes those of these uploads that no task and no document uses: the row, then the file. A file that cannot be removed has no row any
 * more, and is a leftover that the next sweeps try again.
 * @returns how many.
 */
export async function removeUploads(
  { database, uploadDirectory, logger }: Pick<SweepDependencies, 'database' | 'uploadDirectory' | 'logger'>,
  uploadIds: readonly string[],
): Promise<number> {
  const deleted = await deleteUnusedUploads(database, uploadIds);
  for (const uploadId of deleted) {
    await rm(join(uploadDirectory, uploadId), { force: true }).catch((err: unknown) => {
      logger.warn({ uploadId, err }, 'the file of a deleted upload could not be removed: it is tried again');
    });
  }
  return deleted.length;
}

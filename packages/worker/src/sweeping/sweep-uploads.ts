import { deleteUnusedUploads } from '@taskwire/db';
import { SWEEP_PAGE, before, type SweepDependencies } from './sweep-dependencies.ts';

/** Links uploads to the tasks that name them. An api of an earlier version names a task's upload in the input alone. */
export async function adoptUploads(database: SweepDependencies['database']): Promise<void> {
  await database.$executeRaw`
    INSERT INTO "TaskUpload" ("taskId", "uploadId")
    SELECT task.id, upload.id
    FROM "Task" AS task
      JOIN "Upload" AS upload ON upload.id::text = lower(task.input ->> 'uploadId') AND upload."ownerId" = task."ownerId"
    ON CONFLICT DO NOTHING`;
}

/** Deletes uploads that have been there long enough and that no task and no hold names, oldest first. @returns their number. */
export async function sweepUploads(dependencies: SweepDependencies, signal: AbortSignal): Promise<number> {
  const { database, sweeping } = dependencies;
  let swept = 0;
  let after: { createdAt: Date; id: string } | undefined;
  while (!signal.aborted) {
    const behind =
      after === undefined
        ? {}
        : { OR: [{ createdAt: { gt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }] };
    const page = await database.upload.findMany({
      where: {
        createdAt: { lt: before(sweeping.uploadsKeptMs) },
        tasks: { none: {} },
        holds: { none: {} },
        ...behind,
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: SWEEP_PAGE,
      select: { id: true, createdAt: true },
    });
    swept += await removeUploads(
      dependencies,
      page.map(({ id }) => id),
    );
    after = page.at(-1);
    if (page.length < SWEEP_PAGE) break;
  }
  return swept;
}

/**
 * Deletes those of the given uploads that no task and no hold names: the row, then the file. A file that cannot be
 * deleted has no row any more. Later sweeps find it as a leftover.
 * @returns the number of deleted uploads.
 */
export async function removeUploads(
  { database, storage, logger }: Pick<SweepDependencies, 'database' | 'storage' | 'logger'>,
  uploadIds: readonly string[],
): Promise<number> {
  const deleted = await deleteUnusedUploads(database, uploadIds);
  for (const uploadId of deleted) {
    await storage.delete(uploadId).catch((err: unknown) => {
      logger.warn({ uploadId, err }, 'the file of a deleted upload could not be removed: it is tried again');
    });
  }
  return deleted.length;
}

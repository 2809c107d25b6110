import { TERMINAL_STATUSES } from '@taskwire/protocol';
import { DERIVED_PREFIX, isDraftName, uploadIdOf, type StoredFile } from '@taskwire/uploads';
import { SWEEP_PAGE, type SweepDependencies } from './sweep-dependencies.ts';

/** A file that is named after an upload. Others are not Taskwire's. */
interface FoundFile {
  name: string;
  uploadId: string;
  ageMs: number;
}

/** Whether an old file may be deleted. */
type IsWaste = (file: FoundFile, of: { hasRow: boolean; isInUse: boolean }) => boolean;

/**
 * Deletes files that crashes left among the uploads (unfinished ones, and ones whose upload has no row), and old files that
 * stages derived from uploads. It leaves files of uploads that unfinished tasks use, and files not named after an upload.
 * @returns their number.
 */
export async function sweepFiles(dependencies: SweepDependencies, signal: AbortSignal): Promise<number> {
  const { leftoversKeptMs, derivedFilesKeptMs } = dependencies.sweeping;
  const isLeftover: IsWaste = ({ name, ageMs }, { hasRow, isInUse }) =>
    ageMs > leftoversKeptMs && !isInUse && (isDraftName(name) || !hasRow);
  const isOldDerived: IsWaste = ({ ageMs }, { hasRow, isInUse }) =>
    !isInUse && ageMs > (hasRow ? derivedFilesKeptMs : leftoversKeptMs);
  const leftovers = await sweepListed(dependencies, { prefix: '', isWaste: isLeftover }, signal);
  return leftovers + (await sweepListed(dependencies, { prefix: DERIVED_PREFIX, isWaste: isOldDerived }, signal));
}

async function sweepListed(
  dependencies: SweepDependencies,
  { prefix, isWaste }: { prefix: string; isWaste: IsWaste },
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const page of dependencies.storage.list(prefix, SWEEP_PAGE)) {
    if (signal.aborted) break;
    const files = page.flatMap(foundFile);
    const { withRow, inUse } = await lookUp(
      dependencies,
      files.map(({ uploadId }) => uploadId),
    );
    for (const file of files) {
      const of = { hasRow: withRow.has(file.uploadId), isInUse: inUse.has(file.uploadId) };
      if (isWaste(file, of) && (await remove(dependencies, file.name))) removed += 1;
    }
  }
  return removed;
}

function foundFile({ name, modifiedAt }: StoredFile): FoundFile[] {
  const uploadId = uploadIdOf(name);
  return uploadId === undefined ? [] : [{ name, uploadId, ageMs: Date.now() - modifiedAt.getTime() }];
}

async function lookUp({ database }: SweepDependencies, ids: readonly string[]) {
  const unfinished = { status: { notIn: [...TERMINAL_STATUSES] } };
  const uploads = await database.upload.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, tasks: { where: { task: unfinished }, select: { taskId: true }, take: 1 } },
  });
  const inUse = uploads.filter(({ tasks }) => tasks.length > 0);
  return { withRow: new Set(uploads.map(({ id }) => id)), inUse: new Set(inUse.map(({ id }) => id)) };
}

async function remove({ storage, logger }: SweepDependencies, name: string): Promise<boolean> {
  try {
    await storage.delete(name);
    return true;
  } catch (err) {
    logger.warn({ file: name, err }, 'an old file could not be removed: it is tried again');
    return false;
  }
}

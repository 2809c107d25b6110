import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import { DERIVED_FOLDER, PART_ENDING } from '../documents/derived-files.ts';
import { SWEEP_PAGE, type SweepDependencies } from './sweep-dependencies.ts';

/** Every file of Taskwire's begins with the id of its upload. */
const UPLOAD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=$|\.)/;

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
  const { uploadDirectory, sweeping } = dependencies;
  const { leftoversKeptMs, derivedFilesKeptMs } = sweeping;
  const isLeftover: IsWaste = ({ name, ageMs }, { hasRow, isInUse }) =>
    ageMs > leftoversKeptMs && !isInUse && (name.endsWith(PART_ENDING) || !hasRow);
  const isOldDerived: IsWaste = ({ ageMs }, { hasRow, isInUse }) =>
    !isInUse && ageMs > (hasRow ? derivedFilesKeptMs : leftoversKeptMs);
  const leftovers = await sweepFolder(dependencies, { folder: uploadDirectory, isWaste: isLeftover }, signal);
  const folder = join(uploadDirectory, DERIVED_FOLDER);
  return leftovers + (await sweepFolder(dependencies, { folder, isWaste: isOldDerived }, signal));
}

async function sweepFolder(
  dependencies: SweepDependencies,
  { folder, isWaste }: { folder: string; isWaste: IsWaste },
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const files of filesOf(folder)) {
    if (signal.aborted) break;
    const { withRow, inUse } = await lookUp(
      dependencies,
      files.map(({ uploadId }) => uploadId),
    );
    for (const file of files) {
      const of = { hasRow: withRow.has(file.uploadId), isInUse: inUse.has(file.uploadId) };
      if (isWaste(file, of) && (await remove(dependencies, join(folder, file.name)))) removed += 1;
    }
  }
  return removed;
}

/** The files of a folder that are named after an upload, a page at a time; none if there is no such folder. */
async function* filesOf(folder: string): AsyncGenerator<FoundFile[], void> {
  const directory = await opendir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (directory === undefined) return;
  let page: FoundFile[] = [];
  for await (const { name } of directory) {
    const uploadId = UPLOAD_ID.exec(name)?.[0];
    const facts = uploadId === undefined ? undefined : await stat(join(folder, name)).catch(() => undefined);
    if (uploadId === undefined || facts?.isFile() !== true) continue;
    page.push({ name, uploadId, ageMs: Date.now() - facts.mtimeMs });
    if (page.length < SWEEP_PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
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

async function remove({ logger }: SweepDependencies, path: string): Promise<boolean> {
  try {
    await rm(path, { force: true });
    return true;
  } catch (err) {
    logger.warn({ path, err }, 'an old file could not be removed: it is tried again');
    return false;
  }
}

import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Prefix of the folders of all versions. This version appends the machine's name and the process's id. */
const PREFIX = 'taskwire-page-';
/** Age (ms) from which a folder is a leftover of any process. A page takes minutes. */
const OLD_MS = 24 * 60 * 60_000;

/** Names of the folders in use by this process. */
const inUse = new Set<string>();

/** Runs `work` with a folder for the pictures of one page, and removes the folder afterwards. */
export async function withPageFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `${ownPrefix()}${process.pid}-`));
  inUse.add(basename(folder));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    inUse.delete(basename(folder));
  }
}

/**
 * Removes the folders of killed processes: folders of dead processes on this machine, and old folders.
 * @returns the number of removed folders. A folder that cannot be removed stays.
 */
export async function removeLeftPageFolders(): Promise<number> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const removed = await Promise.all(names.map((name) => removeIfLeft(name).catch(() => false)));
  return removed.filter(Boolean).length;
}

async function removeIfLeft(name: string): Promise<boolean> {
  const path = join(tmpdir(), name);
  const found = await lstat(path);
  // Another user can create any such name. A worker of root would follow that user's links while removing it.
  if (!found.isDirectory() || found.uid !== process.geteuid?.()) return false;
  if (!isOrphan(name) && Date.now() - found.mtimeMs < OLD_MS) return false;
  await rm(path, { recursive: true, force: true });
  return true;
}

/** Whether the process of a folder is gone. Only for this machine: processes of other containers are invisible here. */
function isOrphan(name: string): boolean {
  if (!name.startsWith(ownPrefix())) return false;
  const processId = Number.parseInt(name.slice(ownPrefix().length), 10);
  // In a container, earlier processes had the same id as this one.
  return processId === process.pid ? !inUse.has(name) : processId > 0 && !isRunning(processId);
}

function ownPrefix(): string {
  return `${PREFIX}${hostname().replaceAll(/[^\w.]/g, '_')}-`;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: the process belongs to another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

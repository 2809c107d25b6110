import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The folders of all versions begin so. Those of this one go on with the machine's name and the process's id. */
const PREFIX = 'taskwire-page-';
/** Age (ms) at which a folder is left over, whatever process it belongs to: a page takes minutes. */
const OLD_MS = 24 * 60 * 60_000;

/** Names of the folders that this process uses now. */
const inUse = new Set<string>();

/** Does something with a folder for the pictures of one page, which is removed afterwards. */
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
 * Removes folders that killed processes left: those whose process, on this machine, is gone, and old ones.
 * @returns the number of folders removed. A folder that cannot be removed stays.
 */
export async function removeLeftPageFolders(): Promise<number> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const removed = await Promise.all(names.map((name) => removeIfLeft(name).catch(() => false)));
  return removed.filter(Boolean).length;
}

async function removeIfLeft(name: string): Promise<boolean> {
  const path = join(tmpdir(), name);
  const found = await lstat(path);
  // Another user may give anything such a name: a worker of root would follow that user's links while it removes it.
  if (!found.isDirectory() || found.uid !== process.geteuid?.()) return false;
  if (!isOrphan(name) && Date.now() - found.mtimeMs < OLD_MS) return false;
  await rm(path, { recursive: true, force: true });
  return true;
}

/** Containers that share a folder have names of their own: their processes cannot be seen from here. */
function isOrphan(name: string): boolean {
  if (!name.startsWith(ownPrefix())) return false;
  const processId = Number.parseInt(name.slice(ownPrefix().length), 10);
  // In a container, every process before this one had the same id.
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
    // EPERM: it is another user's process.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

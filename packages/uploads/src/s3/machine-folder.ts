import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Beginning of the folders' names. The machine's name and the process's id follow. */
const PREFIX = 'taskwire-copies-';
/** Age (ms) from which a folder is a leftover of any process. */
const OLD_MS = 7 * 24 * 60 * 60 * 1_000;

/** Folders in use by this process. */
const inUse = new Set<string>();

/**
 * A folder of this process for drafts and copies, among the temporary files of this machine.
 * Absent → made, at the first use → removed.
 */
export class MachineFolder {
  #made: Promise<string> | undefined;

  /** Its absolute path. */
  path(): Promise<string> {
    this.#made ??= mkdtemp(join(tmpdir(), `${ownPrefix()}${process.pid}-`)).then((path) => {
      inUse.add(path);
      return path;
    });
    return this.#made;
  }

  async remove(): Promise<void> {
    const path = await this.#made?.catch(() => undefined);
    this.#made = undefined;
    if (path === undefined) return;
    inUse.delete(path);
    await rm(path, { recursive: true, force: true });
  }
}

/** Removes the folders of killed processes of this machine. One that cannot be removed stays. */
export async function removeLeftFolders(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) await removeIfLeft(name).catch(() => undefined);
}

async function removeIfLeft(name: string): Promise<void> {
  const path = join(tmpdir(), name);
  const found = await lstat(path);
  // Another user can make any such name, and a process of root would follow that user's links while it removes them.
  if (!found.isDirectory() || found.uid !== process.geteuid?.() || inUse.has(path)) return;
  if (isOrphan(name) || Date.now() - found.mtimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
}

/** Whether the process of a folder is gone. Processes of other machines and containers are not visible here. */
function isOrphan(name: string): boolean {
  if (!name.startsWith(ownPrefix())) return false;
  const processId = Number.parseInt(name.slice(ownPrefix().length), 10);
  // In a container, earlier processes had the same id as this one.
  return processId === process.pid || (processId > 0 && !isRunning(processId));
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

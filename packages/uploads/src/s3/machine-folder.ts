import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Beginning of the folders' names. The machine's name and the process's id follow. */
const PREFIX = 'taskwire-copies-';
/** Age (ms) from which a folder is a leftover of any process. */
const OLD_MS = 7 * 24 * 60 * 60 * 1_000;

/** Folders in use by this process. */
const inUse = new Set<string>();

/**
 * A folder of this process for drafts and copies, on this machine.
 * Absent → made, at the first use → removed.
 */
export class MachineFolder {
  readonly #parent: string;
  #made: Promise<string> | undefined;

  /** @param parent The folder in which it is made. */
  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** Its absolute path. */
  path(): Promise<string> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    return this.#made;
  }

  async #make(): Promise<string> {
    await mkdir(this.#parent, { recursive: true });
    const path = await mkdtemp(join(this.#parent, `${ownPrefix()}${process.pid}-`));
    inUse.add(path);
    return path;
  }

  /** Removes the folders of killed processes of this machine. One that cannot be removed stays. */
  async removeLeft(): Promise<void> {
    const names = await readdir(this.#parent).catch(() => []);
    const left = names.filter((name) => name.startsWith(PREFIX));
    for (const name of left) await removeIfLeft(join(this.#parent, name)).catch(() => undefined);
  }

  async remove(): Promise<void> {
    const path = await this.#made?.catch(() => undefined);
    this.#made = undefined;
    if (path === undefined) return;
    inUse.delete(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function removeIfLeft(path: string): Promise<void> {
  const found = await lstat(path);
  // Another user can make any such name, and a process of root would follow that user's links while it removes them.
  if (!found.isDirectory() || found.uid !== process.geteuid?.() || inUse.has(path)) return;
  if (isOrphan(basename(path)) || Date.now() - found.mtimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
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

import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Beginning of the folders' names. The machine's name and the process's id follow. */
const PREFIX = 'taskwire-copies-';
/** Age (ms) from which a folder is a leftover of any process. */
const OLD_MS = 7 * 24 * 60 * 60 * 1_000;

/** Folders in use by this process. */
const inUse = new Set<string>();

interface Made {
  path: string;
  /** The user to whom the file system gave it. */
  owner: number;
}

/**
 * A folder of this process for drafts and copies, on this machine.
 * Absent → made, at the first use → removed, by `remove` or a cleaner of temporary files. Then a use makes another one.
 */
export class MachineFolder {
  readonly #parent: string;
  #made: Promise<Made> | undefined;

  /** @param parent The folder in which it is made. */
  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** Its absolute path. It is made again if a cleaner of old temporary files has removed it. */
  async path(): Promise<string> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    const making = this.#made;
    const { path, owner } = await making;
    if (await isFolderOf(owner, path).catch(() => false)) return path;
    inUse.delete(path);
    if (this.#made === making) this.#made = undefined;
    return this.path();
  }

  async #make(): Promise<Made> {
    await mkdir(this.#parent, { recursive: true });
    const path = await mkdtemp(join(this.#parent, `${ownPrefix()}${process.pid}-`));
    inUse.add(path);
    // A network folder can give all files to another user than that of the process.
    const { uid: owner } = await lstat(path);
    return { path, owner };
  }

  /** Removes the folders of killed processes of this machine. One that cannot be removed stays. */
  async removeLeft(): Promise<void> {
    const names = await readdir(this.#parent).catch(() => []);
    const left = names.filter((name) => name.startsWith(PREFIX));
    for (const name of left) await removeIfLeft(join(this.#parent, name)).catch(() => undefined);
  }

  async remove(): Promise<void> {
    const made = await this.#made?.catch(() => undefined);
    this.#made = undefined;
    if (made === undefined) return;
    inUse.delete(made.path);
    await rm(made.path, { recursive: true, force: true });
  }
}

async function removeIfLeft(path: string): Promise<void> {
  if (inUse.has(path) || !(await isFolderOf(process.geteuid?.(), path))) return;
  const { mtimeMs } = await lstat(path);
  if (isOrphan(basename(path)) || Date.now() - mtimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
}

/** Another user can make any such name, and a process of root would follow that user's links while it removes them. */
async function isFolderOf(owner: number | undefined, path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isDirectory() && found.uid === owner;
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

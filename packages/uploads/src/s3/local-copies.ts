import type { LocalCopy } from '../storage/upload-storage.ts';

/** A copy on this machine. */
interface Copy {
  path: string;
  sizeBytes: number;
}

/** Dependencies of the copies. */
export interface LocalCopiesDependencies {
  /** Makes a copy. */
  download: (name: string) => Promise<Copy>;
  remove: (path: string) => Promise<void>;
  exists: (path: string) => Promise<boolean>;
  /** Most bytes of copies that nobody uses. */
  maxBytes: number;
}

interface Entry {
  copy: Promise<Copy>;
  users: number;
  /** Absent while the file is downloaded. */
  made?: Copy;
}

/**
 * Copies of stored files on this machine. Users of one file at the same time share a copy. An unused copy stays for the
 * next user, until unused copies take up more than the bound: then those that have not been used for longest go.
 * A copy: downloading → in use ⇄ unused → removed. A copy of a file that is replaced: in use → removed.
 */
export class LocalCopies {
  readonly #dependencies: LocalCopiesDependencies;
  /** In the order of the last use. */
  readonly #entries = new Map<string, Entry>();

  constructor(dependencies: LocalCopiesDependencies) {
    this.#dependencies = dependencies;
  }

  /** @throws the error of the download. The next call tries it again. */
  async open(name: string): Promise<LocalCopy> {
    const copy = await this.#use(name);
    if (await this.#dependencies.exists(copy.path)) return copy;
    // A cleaner of temporary files has removed it.
    await this.forget(name);
    copy.release();
    return this.#use(name);
  }

  async #use(name: string): Promise<LocalCopy> {
    const entry = this.#entries.get(name) ?? this.#download(name);
    entry.users += 1;
    try {
      const made = await entry.copy;
      return { path: made.path, release: once(() => this.#release(name, { entry, made })) };
    } catch (error) {
      entry.users -= 1;
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
      throw error;
    }
  }

  /** Gives the copy of a file that is deleted or replaced to nobody else. Its last user removes it. */
  async forget(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    if (entry?.made !== undefined && entry.users === 0) await this.#dependencies.remove(entry.made.path);
  }

  #download(name: string): Entry {
    const entry: Entry = { users: 0, copy: this.#dependencies.download(name) };
    entry.copy.then(
      (made) => (entry.made = made),
      () => undefined,
    );
    this.#entries.set(name, entry);
    return entry;
  }

  #release(name: string, { entry, made }: { entry: Entry; made: Copy }): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (this.#entries.get(name) !== entry) return this.#remove(made);
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    this.#removeBeyondBound();
  }

  #removeBeyondBound(): void {
    const unused = [...this.#entries].flatMap(([name, { users, made }]) =>
      users === 0 && made ? [{ name, made }] : [],
    );
    let bytes = unused.reduce((sum, { made }) => sum + made.sizeBytes, 0);
    for (const { name, made } of unused) {
      if (bytes <= this.#dependencies.maxBytes) return;
      bytes -= made.sizeBytes;
      this.#entries.delete(name);
      this.#remove(made);
    }
  }

  /** The folder goes with the process, and so does a copy that cannot be removed now. */
  #remove({ path }: Copy): void {
    this.#dependencies.remove(path).catch(() => undefined);
  }
}

function once(run: () => void): () => void {
  let hasRun = false;
  return () => {
    if (hasRun) return;
    hasRun = true;
    run();
  };
}

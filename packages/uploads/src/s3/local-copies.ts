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
 * A copy: downloading → in use ⇄ unused → removed.
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
    const entry = this.#entries.get(name) ?? this.#download(name);
    entry.users += 1;
    try {
      const { path } = await entry.copy;
      return { path, release: once(() => this.#release(name, entry)) };
    } catch (error) {
      entry.users -= 1;
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
      throw error;
    }
  }

  /** Removes the copy of a file that is deleted, if nobody uses it. */
  async forget(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry?.made === undefined || entry.users > 0) return;
    this.#entries.delete(name);
    await this.#dependencies.remove(entry.made.path);
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

  #release(name: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0 || this.#entries.get(name) !== entry) return;
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
      // The folder goes with the process, and so does a copy that cannot be removed now.
      this.#dependencies.remove(made.path).catch(() => undefined);
    }
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

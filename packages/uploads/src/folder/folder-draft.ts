import { createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { DraftFile } from '../storage/upload-storage.ts';

/** Opens a file to write to. */
export type CreateFile = (path: string) => WriteStream;

/** Opens a new file. */
export const createFile: CreateFile = (path) => createWriteStream(path, { flags: 'wx', mode: 0o640 });

/** Writes what is in memory of the system to the disk. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A draft beside the file that it becomes. */
export class FolderDraft implements DraftFile {
  readonly path: string;
  readonly #target: string;
  readonly #createFile: CreateFile;
  readonly #asStorageError: (error: unknown) => unknown;

  constructor(options: {
    path: string;
    target: string;
    createFile: CreateFile;
    asStorageError: (error: unknown) => unknown;
  }) {
    this.path = options.path;
    this.#target = options.target;
    this.#createFile = options.createFile;
    this.#asStorageError = options.asStorageError;
  }

  writable(): WriteStream {
    return this.#createFile(this.path);
  }

  async commit(): Promise<void> {
    try {
      await flush(this.path);
      await rename(this.path, this.#target);
    } catch (error) {
      throw this.#asStorageError(error);
    }
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

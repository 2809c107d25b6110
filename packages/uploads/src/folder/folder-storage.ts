import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, opendir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { checkName, draftName, isDraftName, splitName } from '../storage/file-name.ts';
import { UploadStorageError } from '../storage/storage-error.ts';
import type { ByteRange, DraftFile, LocalCopy, StoredFile, UploadStorage } from '../storage/upload-storage.ts';
import { FolderDraft, createFile, type CreateFile } from './folder-draft.ts';
import { fileSystemReason, folderError } from './folder-errors.ts';

/** Size (bytes) of one read. */
const CHUNK_BYTES = 64 * 1_024;
/** Largest age (ms) of a draft: an older one is left from a crash. */
const DRAFT_LIFETIME_MS = 24 * 60 * 60 * 1_000;

/** Settings of the storage in a folder. */
export interface FolderStorageSettings {
  /** Absolute path. Server and workers read and write the same folder. */
  directory: string;
  /** Opens the file of a draft; on disk if absent. */
  createFile?: CreateFile;
}

/** Uploads in a folder, each file under its name. A draft lies beside the uploads and is renamed. */
export class FolderStorage implements UploadStorage {
  readonly #directory: string;
  readonly #createFile: CreateFile;

  constructor(settings: FolderStorageSettings) {
    this.#directory = settings.directory;
    this.#createFile = settings.createFile ?? createFile;
  }

  async prepare(): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true });
      await access(this.#directory, constants.R_OK | constants.W_OK | constants.X_OK);
      await this.#removeOldDrafts();
    } catch (error) {
      const reason = fileSystemReason(error);
      if (reason === undefined || !(error instanceof Error)) throw error;
      const remedy = `check that UPLOAD_DIRECTORY (${this.#directory}) is a folder that can be written`;
      throw new UploadStorageError(reason, `${error.message}: ${remedy}`, { cause: error });
    }
  }

  async create(name: string): Promise<DraftFile> {
    const target = this.#pathOf(name);
    await this.#translate(name, mkdir(dirname(target), { recursive: true }));
    return new FolderDraft({
      path: join(this.#directory, draftName(name, randomUUID().slice(0, 8))),
      target,
      createFile: this.#createFile,
      asStorageError: (error) => folderError(name, error),
    });
  }

  read(name: string, range: ByteRange = {}): Readable {
    const chunks = chunksOf(this.#pathOf(name), range, (error) => folderError(name, error));
    return Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK_BYTES });
  }

  async find(name: string): Promise<StoredFile | undefined> {
    return findIn(this.#pathOf(name), name).catch((error: unknown) => {
      throw folderError(name, error);
    });
  }

  async delete(name: string): Promise<void> {
    await this.#translate(name, rm(this.#pathOf(name), { force: true }));
  }

  async *list(prefix: string, pageSize: number): AsyncGenerator<StoredFile[], void> {
    const [folder, beginning] = splitName(prefix);
    let page: StoredFile[] = [];
    for await (const file of this.#namesIn(folder)) {
      if (!file.startsWith(beginning)) continue;
      const name = folder === '' ? file : `${folder}/${file}`;
      // A file that goes while the folder is listed is left out.
      const found = await findIn(join(this.#directory, name), name).catch(() => undefined);
      if (found === undefined) continue;
      page.push(found);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  async localCopy(name: string): Promise<LocalCopy> {
    const path = this.#pathOf(name);
    await this.#translate(name, access(path, constants.R_OK));
    return { path, release: () => undefined };
  }

  async close(): Promise<void> {}

  #pathOf(name: string): string {
    return join(this.#directory, checkName(name));
  }

  async #translate<Value>(name: string, work: Promise<Value>): Promise<Value> {
    return work.catch((error: unknown) => {
      throw folderError(name, error);
    });
  }

  async *#namesIn(folder: string): AsyncGenerator<string, void> {
    try {
      for await (const { name } of await opendir(join(this.#directory, folder))) yield name;
    } catch (error) {
      if (fileSystemReason(error) !== 'missing') throw folderError(folder, error);
    }
  }

  async #removeOldDrafts(): Promise<void> {
    const drafts = (await readdir(this.#directory)).filter(isDraftName);
    for (const name of drafts) {
      const path = join(this.#directory, name);
      const found = await findIn(path, name).catch(() => undefined);
      if (found === undefined || Date.now() - found.modifiedAt.getTime() <= DRAFT_LIFETIME_MS) continue;
      await rm(path, { force: true });
    }
  }
}

async function findIn(path: string, name: string): Promise<StoredFile | undefined> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? { name, sizeBytes: facts.size, modifiedAt: facts.mtime } : undefined;
  } catch (error) {
    if (fileSystemReason(error) === 'missing') return undefined;
    throw error;
  }
}

async function* chunksOf(
  path: string,
  { start = 0, end = Number.MAX_SAFE_INTEGER }: ByteRange,
  asStorageError: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void> {
  const file = await open(path).catch((error: unknown) => {
    throw asStorageError(error);
  });
  try {
    for (let position = start; position <= end;) {
      const wanted = Math.min(CHUNK_BYTES, end - position + 1);
      const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw asStorageError(error);
  } finally {
    await file.close();
  }
}

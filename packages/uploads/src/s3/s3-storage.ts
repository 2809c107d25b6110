import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createFile } from '../folder/folder-draft.ts';
import type { S3Settings } from '../settings/upload-settings.ts';
import { checkName, draftName, splitName } from '../storage/file-name.ts';
import type { ByteRange, DraftFile, LocalCopy, StoredFile, UploadStorage } from '../storage/upload-storage.ts';
import { LocalCopies } from './local-copies.ts';
import { MachineFolder } from './machine-folder.ts';
import { loadS3, S3Bucket, type FoundObject } from './s3-bucket.ts';
import { localFolderError, s3Error } from './s3-errors.ts';

/** Size (bytes) of what a stream reads ahead. */
const CHUNK_BYTES = 64 * 1_024;

/**
 * Uploads in S3-compatible storage, each under the prefix and its name. A draft is a temporary file of this machine, because
 * its bytes are looked at before they are stored; `commit` sends it in one request, which the storage takes whole or not at all.
 */
export class S3Storage implements UploadStorage {
  readonly #bucket: S3Bucket;
  readonly #folder: MachineFolder;
  readonly #copies: LocalCopies;

  private constructor(bucket: S3Bucket, { localBytes, localDirectory }: S3Settings) {
    this.#bucket = bucket;
    this.#folder = new MachineFolder(localDirectory);
    this.#copies = new LocalCopies({
      download: (name) => this.#download(name),
      remove: (path) => rm(path, { force: true }),
      exists: (path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      maxBytes: localBytes,
    });
  }

  /**
   * Opens it. It is not checked yet (`prepare`).
   * @param idleMs Longest time in which nothing passes on a connection.
   * @throws UploadStorageError `refused` if the package for S3 is not installed.
   */
  static async open(settings: S3Settings, idleMs?: number): Promise<S3Storage> {
    return new S3Storage(new S3Bucket(await loadS3(), settings, idleMs), settings);
  }

  async prepare(): Promise<void> {
    await this.#folder.removeLeft();
    await this.#bucket.check(`check-${randomUUID()}`);
  }

  async create(name: string): Promise<DraftFile> {
    const path = join(await this.#localPath(), draftName(checkName(name), randomUUID().slice(0, 8)));
    const discard = () => rm(path, { force: true });
    return {
      path,
      writable: () => createFile(path),
      commit: async () => {
        await this.#bucket.put(name, path);
        await this.#copies.forget(name);
        await discard();
      },
      discard,
    };
  }

  read(name: string, range: ByteRange = {}): Readable {
    const chunks = this.#bucket.read(checkName(name), range);
    return Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK_BYTES });
  }

  async find(name: string): Promise<StoredFile | undefined> {
    const found = await this.#bucket.find(checkName(name));
    return found === undefined ? undefined : storedFile(found);
  }

  async delete(name: string): Promise<void> {
    await this.#bucket.delete(checkName(name));
    await this.#copies.forget(name);
  }

  async *list(prefix: string, pageSize: number): AsyncGenerator<StoredFile[], void> {
    for await (const page of this.#bucket.list(prefix, pageSize)) yield page.map(storedFile);
  }

  async localCopy(name: string): Promise<LocalCopy> {
    return this.#copies.open(checkName(name));
  }

  async close(): Promise<void> {
    this.#bucket.close();
    await this.#folder.remove();
  }

  async #localPath(): Promise<string> {
    return this.#folder.path().catch((error: unknown) => {
      throw localFolderError(error);
    });
  }

  async #download(name: string): Promise<{ path: string; sizeBytes: number }> {
    const [, file] = splitName(name);
    const path = join(await this.#localPath(), `${file}.${randomUUID().slice(0, 8)}`);
    try {
      const target = createWriteStream(path, { flags: 'wx', mode: 0o400 });
      await pipeline(this.read(name), target);
      return { path, sizeBytes: target.bytesWritten };
    } catch (error) {
      await rm(path, { force: true });
      throw s3Error(name, error);
    }
  }
}

function storedFile({ key, ...facts }: FoundObject): StoredFile {
  return { name: key, ...facts };
}

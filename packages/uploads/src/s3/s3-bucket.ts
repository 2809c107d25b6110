import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type * as S3 from '@aws-sdk/client-s3';
import type { S3Settings } from '../settings/upload-settings.ts';
import { UploadStorageError } from '../storage/storage-error.ts';
import type { ByteRange } from '../storage/upload-storage.ts';
import { isBehindEnd, s3Error } from './s3-errors.ts';

/** The package of the client, which is loaded only if S3 is set up. */
type S3Package = typeof S3;

/** Longest time (ms) of connecting. */
const CONNECT_MS = 3_000;
/** Longest time (ms) in which nothing passes on a connection. A read then goes on with another one. */
export const IDLE_MS = 10_000;
/** Requests for one answer without a body. */
const ATTEMPTS = 2;
/** Times that a body is sent, or asked for without getting a byte, before the storage counts as away. */
const BODY_ATTEMPTS = 3;
/** Pause (ms) before a body is tried again; it grows with each time. */
const PAUSE_MS = 200;

/** An object of the bucket. The key is without the prefix. */
export interface FoundObject {
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/** An object that is read. */
interface OpenObject {
  bytes: AsyncIterable<Uint8Array>;
  /** Differs between versions of the object. */
  tag: string | undefined;
  /** Ends the reading. */
  close: () => void;
}

/** The objects of a bucket below a prefix. It throws UploadStorageError only. */
export class S3Bucket {
  readonly #s3: S3Package;
  readonly #client: S3.S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(s3: S3Package, { bucket, prefix, endpoint, region, forcePathStyle }: S3Settings, idleMs = IDLE_MS) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#client = new s3.S3Client({
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
      forcePathStyle,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: idleMs },
      // Storages of others do not know the checksums that Amazon's adds to a body.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // Its default is the console. What it says is in the errors too.
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
  }

  /** Checks that the bucket is there, and that it can be written. */
  async check(key: string): Promise<void> {
    await this.#checkBucket(key);
    const address = this.#address(key);
    await this.#ask(key, () => this.#client.send(new this.#s3.PutObjectCommand({ ...address, Body: 'check' })));
    await this.delete(key);
  }

  /** Puts a file of this machine under a key. It appears at once, as a whole. */
  async put(key: string, path: string): Promise<void> {
    const { size: ContentLength } = await stat(path);
    for (let attempt = 1; ; attempt += 1) {
      const Body = createReadStream(path);
      try {
        await this.#client.send(new this.#s3.PutObjectCommand({ ...this.#address(key), Body, ContentLength }));
        return;
      } catch (error) {
        await this.#pauseOrThrow(s3Error(key, error), attempt);
      } finally {
        Body.destroy();
      }
    }
  }

  /** Reads an object. If the connection breaks, it goes on from the next byte, unless the object was replaced. */
  async *read(key: string, { start = 0, end }: ByteRange): AsyncGenerator<Uint8Array, void> {
    let position = start;
    let version: string | undefined;
    for (let attempt = 1; end === undefined || position <= end; attempt += 1) {
      try {
        const { bytes, tag, close } = await this.#open(key, { start: position, ...(end === undefined ? {} : { end }) });
        if (tag !== (version ??= tag)) {
          close();
          throw replaced();
        }
        for await (const chunk of bytes) {
          position += chunk.byteLength;
          attempt = 0;
          yield chunk;
        }
        return;
      } catch (error) {
        if (isBehindEnd(error)) return;
        await this.#pauseOrThrow(await this.#confirmed(key, s3Error(key, error)), attempt);
      }
    }
  }

  async find(key: string): Promise<FoundObject | undefined> {
    try {
      const found = await this.#client.send(new this.#s3.HeadObjectCommand(this.#address(key)));
      return foundObject(key, { Size: found.ContentLength, LastModified: found.LastModified });
    } catch (error) {
      const translated = s3Error(key, error);
      if (translated.reason !== 'missing') throw translated;
      // A missing bucket has the same answer, without a name.
      await this.#checkBucket(key);
      return undefined;
    }
  }

  async delete(key: string): Promise<void> {
    await this.#ask(key, () => this.#client.send(new this.#s3.DeleteObjectCommand(this.#address(key))));
  }

  /** Lists objects directly below a beginning of keys that may end in `/`, a page at a time. */
  async *list(beginning: string, pageSize: number): AsyncGenerator<FoundObject[], void> {
    let token: string | undefined;
    do {
      const command = new this.#s3.ListObjectsV2Command({
        ...{ Bucket: this.#bucket, Prefix: this.#prefix + beginning, Delimiter: '/', MaxKeys: pageSize },
        ContinuationToken: token,
      });
      const page = await this.#ask(beginning, () => this.#client.send(command));
      const objects = page.Contents ?? [];
      yield objects.flatMap((each) => foundObject((each.Key ?? '').slice(this.#prefix.length), each) ?? []);
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  close(): void {
    this.#client.destroy();
  }

  async #checkBucket(key: string): Promise<void> {
    const command = new this.#s3.HeadBucketCommand({ Bucket: this.#bucket });
    await this.#client.send(command).catch((error: unknown) => {
      const translated = s3Error(key, error);
      throw translated.reason === 'missing' ? s3Error(key, noBucket()) : translated;
    });
  }

  async #open(key: string, { start, end }: { start: number; end?: number }): Promise<OpenObject> {
    const isWhole = start === 0 && end === undefined;
    const range = isWhole ? {} : { Range: `bytes=${start}-${end ?? ''}` };
    const {
      Body,
      ContentRange,
      ETag: tag,
    } = await this.#client.send(new this.#s3.GetObjectCommand({ ...this.#address(key), ...range }));
    if (!(Body instanceof Readable)) throw new Error('the answer has no body');
    if (isWhole || ContentRange?.startsWith(`bytes ${start}-`) === true)
      return { bytes: Body, tag, close: () => Body.destroy() };
    Body.destroy();
    throw new UploadStorageError(
      'refused',
      'the storage of the uploads does not give parts of files: check a proxy before it',
    );
  }

  /** A proxy in front of the storage can also answer 404. A task whose upload is missing ends for good. */
  async #confirmed(key: string, error: UploadStorageError): Promise<UploadStorageError> {
    if (error.reason !== 'missing' || (await this.find(key)) === undefined) return error;
    return new UploadStorageError('unavailable', 'the storage has a file that it does not give', { cause: error });
  }

  /** @throws the error, unless another attempt may succeed. */
  async #pauseOrThrow(error: UploadStorageError, attempt: number): Promise<void> {
    if (error.reason !== 'unavailable' || attempt >= BODY_ATTEMPTS) throw error;
    await delay(PAUSE_MS * attempt);
  }

  async #ask<Answer>(key: string, send: () => Promise<Answer>): Promise<Answer> {
    return send().catch((error: unknown) => {
      throw s3Error(key, error);
    });
  }

  #address(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }
}

function quiet(): void {}

/** Loads the package. @throws UploadStorageError `refused` if it is not installed. */
export async function loadS3(): Promise<S3Package> {
  return import('@aws-sdk/client-s3').catch((cause: unknown) => {
    const message = 'UPLOAD_S3_BUCKET needs the package @aws-sdk/client-s3: npm install @aws-sdk/client-s3';
    throw new UploadStorageError('refused', message, { cause });
  });
}

function replaced(): UploadStorageError {
  return new UploadStorageError('unavailable', 'the file was replaced while it was read: read it again');
}

function noBucket(): Error {
  return Object.assign(new Error('the bucket does not exist'), { name: 'NoSuchBucket' });
}

interface ObjectFacts {
  Size?: number | undefined;
  LastModified?: Date | undefined;
}

function foundObject(key: string, { Size: sizeBytes, LastModified: modifiedAt }: ObjectFacts): FoundObject | undefined {
  return sizeBytes === undefined || modifiedAt === undefined ? undefined : { key, sizeBytes, modifiedAt };
}

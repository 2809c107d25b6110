import { Readable } from 'node:stream';
import { arrayBuffer } from 'node:stream/consumers';
import { UploadStorageError } from '@taskwire/uploads';
import { PermanentTaskError } from '../task-error.ts';

/** Size (bytes) of what a stream reads ahead. */
const CHUNK_BYTES = 64 * 1_024;

/** The facts of an upload. */
export interface UploadFacts {
  readonly uploadId: string;
  /** Name for people; no file is stored under it. */
  readonly fileName: string;
  /** Media type that the server detected from the bytes. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes, in hex; absent if the server's version did not compute it. */
  readonly contentHash?: string;
}

/**
 * An upload that the task's input names, as the handler gets it. Reading fails with PermanentTaskError UPLOAD_MISSING if the
 * file is gone, and with UploadStorageError if the storage is away: that costs the task no try.
 */
export interface OpenedUpload extends UploadFacts {
  /** A stream of all bytes, read on demand. Each call gives a new one. Destroy a stream that is not read to its end. */
  stream(): Readable;
  /** All bytes at once, in memory of their own. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The path of a file with the bytes on this machine, for programs that take paths. Read it only, within the attempt. */
  path(): Promise<string>;
}

/** Source of the bytes of an upload. */
export interface UploadBytes {
  read: () => Readable;
  localPath: () => Promise<string>;
}

/** Makes a handler's view of an upload. */
export function openedUpload(facts: UploadFacts, { read, localPath }: UploadBytes): OpenedUpload {
  const stream = () => Readable.from(chunksOf(read), { objectMode: false, highWaterMark: CHUNK_BYTES });
  return {
    ...facts,
    stream,
    bytes: async () => new Uint8Array(await arrayBuffer(stream())),
    path: () => localPath().catch(readFailure),
  };
}

async function* chunksOf(read: () => Readable): AsyncGenerator<Uint8Array, void> {
  const bytes: AsyncIterable<Uint8Array> = read();
  try {
    yield* bytes;
  } catch (error) {
    readFailure(error);
  }
}

/** The failure of a task whose uploaded file is gone. */
export function uploadMissing(): PermanentTaskError {
  return new PermanentTaskError(
    'UPLOAD_MISSING',
    'the uploaded file is no longer there: upload it again and create a new task',
  );
}

function readFailure(error: unknown): never {
  throw error instanceof UploadStorageError && error.reason === 'missing' ? uploadMissing() : error;
}

import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { PermanentTaskError } from '../task-error.ts';

/** Size (bytes) of one read. */
const CHUNK_BYTES = 64 * 1_024;

/** An upload that the task's input names, as the handler gets it. */
export interface OpenedUpload {
  readonly uploadId: string;
  /** Name for people; no file is stored under it. */
  readonly fileName: string;
  /** Media type that the api detected from the bytes. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** A stream of all bytes, read on demand. Each call gives a new one. Destroy a stream that is not read to its end. */
  stream(): Readable;
  /** All bytes at once, in memory of their own. @throws PermanentTaskError UPLOAD_MISSING if the file is gone. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** An upload's facts and the place of its bytes: known to the worker, never to a handler. */
export interface UploadFile extends Pick<OpenedUpload, 'uploadId' | 'fileName' | 'mediaType' | 'sizeBytes'> {
  path: string;
  /** SHA-256 of the bytes, in hex; absent if the api did not compute it. */
  contentHash?: string;
}

const files = new WeakMap<OpenedUpload, UploadFile>();

/** Makes a handler's view of an upload. */
export function openedUpload(file: UploadFile): OpenedUpload {
  const { path, uploadId, fileName, mediaType, sizeBytes } = file;
  const upload: OpenedUpload = {
    uploadId,
    fileName,
    mediaType,
    sizeBytes,
    stream: () => Readable.from(chunksOf(path), { objectMode: false, highWaterMark: CHUNK_BYTES }),
    async bytes() {
      const content = await readFile(path).catch(missingFile);
      // A small file's Buffer may be a piece of a shared one.
      return content.buffer instanceof ArrayBuffer && content.byteLength === content.buffer.byteLength
        ? new Uint8Array(content.buffer)
        : new Uint8Array(content);
    },
  };
  files.set(upload, file);
  return upload;
}

/** The file behind an upload, for the platform's own threads. @throws Error for anything that `openedUpload` did not make. */
export function fileOf(upload: OpenedUpload): UploadFile {
  const file = files.get(upload);
  if (file === undefined) throw new Error('only an upload that ctx.openUpload gave has a file');
  return file;
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path).catch(missingFile);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The failure of a task whose uploaded file is gone. */
export function uploadMissing(): PermanentTaskError {
  return new PermanentTaskError(
    'UPLOAD_MISSING',
    'the uploaded file is no longer there: upload it again and create a new task',
  );
}

function missingFile(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw uploadMissing();
  throw error;
}

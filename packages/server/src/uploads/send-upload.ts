import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UploadStorageError, type ByteRange, type UploadStorage } from '@taskwire/uploads';
import type { Request, Response } from 'express';
import { storageError } from './upload-errors.ts';

/** Codes of the errors of an answer whose client went away. */
const AWAY: readonly unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE'];

/** A file to send. */
export interface SentUpload {
  storage: UploadStorage;
  uploadId: string;
  /** Headers of an answer with the file or a part of it. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Sends the file of an upload, or the part that the request's `Range` names. An upload never changes, so that its id is
 * the entity tag of its bytes. It answers 304, 412 and 416 to conditions and ranges that say so.
 * @returns false if there is no such file; then nothing is sent.
 * @throws TaskwireError SERVICE_UNAVAILABLE if the storage is away. It cuts an answer off that has begun.
 */
export async function sendUpload(request: Request, response: Response, upload: SentUpload): Promise<boolean> {
  try {
    const file = await upload.storage.find(upload.uploadId);
    if (file === undefined) return false;
    await sendFile(request, response, { ...upload, sizeBytes: file.sizeBytes });
    return true;
  } catch (error) {
    if (error instanceof UploadStorageError && error.reason === 'missing' && !response.headersSent) return false;
    throw storageError(error);
  }
}

async function sendFile(
  request: Request,
  response: Response,
  upload: SentUpload & { sizeBytes: number },
): Promise<void> {
  const { storage, uploadId, headers, sizeBytes } = upload;
  const { status, range } = answerTo(request, uploadId, sizeBytes);
  response.status(status).set({ ETag: tagOf(uploadId), 'Accept-Ranges': 'bytes' });
  if (status === 304 || status === 412) return void response.end();
  if (status === 416) return void response.set('Content-Range', `bytes */${sizeBytes}`).end();
  const isEmpty = request.method === 'HEAD' || sizeBytes === 0;
  const bytes = isEmpty ? undefined : storage.read(uploadId, range);
  // An answer that has begun can only be cut off. Before the first bytes, an error still gets an answer of its own.
  if (bytes !== undefined) await firstBytes(bytes);
  // Express would add a charset to the type, and the file may have another one.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  setLength(response, range, sizeBytes);
  if (bytes === undefined) response.end();
  else await sendBytes(response, bytes);
}

async function sendBytes(response: Response, bytes: Readable): Promise<void> {
  await pipeline(bytes, response).catch((error: unknown) => {
    if (isSendersFault(error)) throw error;
  });
}

async function firstBytes(stream: Readable): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.once('readable', resolve).once('error', reject);
  });
}

/** Whether reading failed. Otherwise, the client went away. */
function isSendersFault(error: unknown): boolean {
  return !(error instanceof Error && 'code' in error && AWAY.includes(error.code));
}

function tagOf(uploadId: string): string {
  return `"${uploadId}"`;
}

/** The status for a request, and the part of the file that it asks for. */
interface Answer {
  status: 200 | 206 | 304 | 412 | 416;
  range?: Required<ByteRange>;
}

function answerTo(request: Request, uploadId: string, sizeBytes: number): Answer {
  const condition = conditionOf(request, uploadId);
  if (condition !== undefined) return { status: condition };
  const known = request.headers['if-range'];
  if (request.headers.range === undefined || (known !== undefined && known !== tagOf(uploadId))) return { status: 200 };
  const ranges = request.range(sizeBytes, { combine: true });
  if (ranges === -1) return { status: 416 };
  // Several parts at once, and a unit that is not bytes, are answered with the whole file.
  const isOne = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1;
  const range = isOne ? ranges[0] : undefined;
  return range === undefined ? { status: 200 } : { status: 206, range };
}

/** The status for a condition of the request; undefined: the file is sent. */
function conditionOf(request: Request, uploadId: string): 304 | 412 | undefined {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch !== undefined && !names(ifMatch, uploadId)) return 412;
  return ifNoneMatch !== undefined && names(ifNoneMatch, uploadId) ? 304 : undefined;
}

function names(tags: string, uploadId: string): boolean {
  return tags.split(',').some((tag) => ['*', tagOf(uploadId)].includes(tag.trim().replace(/^W\//, '')));
}

function setLength(response: Response, range: Required<ByteRange> | undefined, sizeBytes: number): void {
  const length = range === undefined ? sizeBytes : range.end - range.start + 1;
  response.setHeader('Content-Length', length);
  if (range === undefined) return;
  response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
}

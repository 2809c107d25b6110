import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { StoredUpload } from '@taskwire/router';
import { sanitizeFileName } from './file-name.ts';
import { createFile, receivePart, type CreateFile } from './receive-part.ts';
import { sniffMediaType } from './sniff-media-type.ts';
import { badForm, storageError, tooLarge } from './upload-errors.ts';
import { PARTIAL_ENDING } from './upload-folder.ts';

/** Bytes by which a form may exceed its file: part headers and boundaries. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/** A new upload with the SHA-256 of its bytes, in hex. */
export interface HashedUpload extends StoredUpload {
  contentHash: string;
}

export interface UploadSettings {
  directory: string;
  maxBytes: number;
  /** The media types that are taken in; undefined: all. */
  acceptedMediaTypes: readonly string[] | undefined;
  /** Opens the file that an upload's bytes go to; on disk if absent. */
  createFile?: CreateFile;
  /** Writes the upload's row. */
  record: (upload: HashedUpload) => Promise<void>;
  /** Refuses a file whose owner has no room for this number of bytes. */
  checkQuota: (ownerId: string, sizeBytes: number) => Promise<void>;
}

/**
 * Receives an upload: writes a partial file, checks it, renames it, and records it. After an error it leaves neither a
 * partial file nor a file without a row.
 * @throws TaskwireError INSUFFICIENT_STORAGE, INVALID_INPUT, PAYLOAD_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE; UploadAbortedError.
 */
export async function receiveUpload(
  request: IncomingMessage,
  ownerId: string,
  settings: UploadSettings,
): Promise<StoredUpload> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > settings.maxBytes + FORM_OVERHEAD_BYTES) throw tooLarge(settings.maxBytes);
  await settings.checkQuota(ownerId, announced - FORM_OVERHEAD_BYTES);
  const uploadId = randomUUID();
  const path = join(settings.directory, uploadId);
  const partial = path + PARTIAL_ENDING;
  try {
    const { claimedName, sizeBytes, contentHash } = await receivePart(request, {
      maxBytes: settings.maxBytes,
      path: partial,
      createFile: settings.createFile ?? createFile,
    });
    if (sizeBytes === 0) throw badForm('is empty');
    const fileName = sanitizeFileName(claimedName);
    const mediaType = await sniffMediaType(partial, { fileName, accept: settings.acceptedMediaTypes });
    const upload = { uploadId, ownerId, fileName, mediaType, sizeBytes };
    await rename(partial, path);
    await settings.record({ ...upload, contentHash });
    return upload;
  } catch (error) {
    await Promise.all([rm(partial, { force: true }), rm(path, { force: true })]);
    throw storageError(error);
  }
}

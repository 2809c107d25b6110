import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { StoredUpload } from '@taskwire/router';
import { UploadStorageError, type DraftFile, type UploadStorage } from '@taskwire/uploads';
import { sanitizeFileName } from './file-name.ts';
import { receivePart } from './receive-part.ts';
import { sniffMediaType, type DetectMediaType } from './sniff-media-type.ts';
import { badForm, storageError, tooLarge } from './upload-errors.ts';

/** Bytes by which a form may exceed its file: part headers and boundaries. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/** A new upload with the SHA-256 of its bytes, in hex. */
export interface HashedUpload extends StoredUpload {
  contentHash: string;
}

export interface UploadSettings {
  storage: UploadStorage;
  maxBytes: number;
  /** The media types that are taken in; undefined: all. */
  acceptedMediaTypes: readonly string[] | undefined;
  /** Knows the media types of some files; the others are recognised by their signatures. */
  detectMediaType?: DetectMediaType;
  /** Writes the upload's row. */
  record: (upload: HashedUpload) => Promise<void>;
  /** Refuses a file whose owner has no room for this number of bytes. */
  checkQuota: (ownerId: string, sizeBytes: number) => Promise<void>;
}

/**
 * Receives an upload: writes a draft, checks it, commits it, and records it. After an error it leaves neither a draft nor
 * a file without a row; if the storage is away, a sweep of the worker finds the file later.
 * @throws TaskwireError INSUFFICIENT_STORAGE, INVALID_INPUT, PAYLOAD_TOO_LARGE, SERVICE_UNAVAILABLE or
 * UNSUPPORTED_MEDIA_TYPE; UploadAbortedError.
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
  const { storage } = settings;
  let draft: DraftFile | undefined;
  try {
    draft = await storage.create(uploadId);
    const { contentHash, ...upload } = await receiveDraft(request, draft, settings);
    await draft.commit();
    const stored = { uploadId, ownerId, ...upload };
    await settings.record({ ...stored, contentHash });
    return stored;
  } catch (error) {
    await draft?.discard();
    const isAway = error instanceof UploadStorageError && error.isOutage;
    if (!isAway) await storage.delete(uploadId).catch(() => undefined);
    throw storageError(error);
  }
}

/** Writes the file of a form to a draft, and checks it. */
async function receiveDraft(request: IncomingMessage, draft: DraftFile, settings: UploadSettings) {
  const { maxBytes, acceptedMediaTypes: accept, detectMediaType: detect } = settings;
  const openFile = () => draft.writable();
  const { claimedName, sizeBytes, contentHash } = await receivePart(request, { maxBytes, openFile });
  if (sizeBytes === 0) throw badForm('is empty');
  const fileName = sanitizeFileName(claimedName);
  const mediaType = await sniffMediaType(draft.path, { fileName, accept, ...(detect === undefined ? {} : { detect }) });
  return { fileName, mediaType, sizeBytes, contentHash };
}

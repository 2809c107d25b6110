import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '@taskwire/db';
import type { OpenedUpload } from '@taskwire/worker';

/**
 * The SHA-256 of a stream's bytes, in hex.
 * @throws the read error; the signal's reason.
 */
async function hashOf(bytes: Readable, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytes, hash, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  return hash.digest('hex');
}

/**
 * The hash of an upload. If an earlier version stored the upload without a hash, this computes it and stores it in the
 * upload's row.
 */
export async function contentHashOf(
  { uploadId, contentHash, stream }: Pick<OpenedUpload, 'uploadId' | 'contentHash' | 'stream'>,
  { database, signal }: { database: Database; signal: AbortSignal },
): Promise<string> {
  if (contentHash !== undefined) return contentHash;
  const hash = await hashOf(stream(), signal);
  await database.upload.updateMany({ where: { id: uploadId }, data: { contentHash: hash } });
  return hash;
}

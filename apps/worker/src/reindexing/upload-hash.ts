import { join } from 'node:path';
import type { Upload } from '@taskwire/db';
import { contentHashOf } from '../documents/file-hash.ts';
import type { AdoptDependencies } from './reindex-dependencies.ts';

/** SHA-256 of an upload's bytes, in hex; its row keeps it. Null if the file cannot be read. */
export async function uploadHash(
  { database, uploadDirectory }: AdoptDependencies,
  { id: uploadId, contentHash }: Upload,
  signal: AbortSignal,
): Promise<string | null> {
  const file = { uploadId, path: join(uploadDirectory, uploadId), ...(contentHash === null ? {} : { contentHash }) };
  return contentHashOf(file, { database, signal }).catch((error: unknown) => {
    if (isSystemError(error)) return null;
    throw error;
  });
}

/** The file is gone, or cannot be read. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

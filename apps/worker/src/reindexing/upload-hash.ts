import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import type { Upload } from '@taskwire/db';
import type { AdoptDependencies } from './reindex-dependencies.ts';

/** SHA-256 of an upload's bytes, in hex; its row keeps it. Null if the file cannot be read. */
export async function uploadHash(
  { database, uploadDirectory }: AdoptDependencies,
  upload: Upload,
): Promise<string | null> {
  if (upload.contentHash !== null) return upload.contentHash;
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(uploadDirectory, upload.id)), hash);
  } catch {
    return null;
  }
  const contentHash = hash.digest('hex');
  await database.upload.updateMany({ where: { id: upload.id }, data: { contentHash } });
  return contentHash;
}

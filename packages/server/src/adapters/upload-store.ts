import { deleteUnusedUploads } from '@taskwire/db';
import type { UploadStore } from '@taskwire/router';
import { DERIVED_PREFIX, type UploadStorage } from '@taskwire/uploads';
import { noQuotaLeft } from '../uploads/upload-errors.ts';
import type { HashedUpload } from '../uploads/upload-receiver.ts';
import { translated, type ApiDatabase } from './api-database.ts';

/** Number of derived files that are looked for at once. */
const PAGE = 100;

/** The rows of uploads in PostgreSQL: procedures read them, and the upload endpoint writes them. */
export interface WritableUploadStore extends UploadStore {
  /** Writes the row of a new upload. @throws TaskwireError PAYLOAD_TOO_LARGE if its owner has no room left. */
  add(upload: HashedUpload): Promise<void>;
  /** @throws TaskwireError PAYLOAD_TOO_LARGE if the owner has no room left for `sizeBytes`. */
  checkQuota(ownerId: string, sizeBytes: number): Promise<void>;
}

/** The storage of the files, and the bytes (in all) that one user may store. */
export interface UploadStoreSettings {
  storage: UploadStorage;
  quotaBytes: number;
}

/** The rows of uploads in PostgreSQL, and their files in the storage. */
export function createUploadStore(
  database: ApiDatabase,
  { storage, quotaBytes }: UploadStoreSettings,
): WritableUploadStore {
  const checkQuotaIn = async (rows: Pick<ApiDatabase, 'upload'>, ownerId: string, sizeBytes: number): Promise<void> => {
    const { _sum } = await rows.upload.aggregate({ where: { ownerId }, _sum: { sizeBytes: true } });
    const usedBytes = _sum.sizeBytes ?? 0;
    if (usedBytes + Math.max(1, sizeBytes) > quotaBytes) throw noQuotaLeft({ usedBytes, quotaBytes });
  };
  return {
    async add({ uploadId, ...facts }) {
      const adding = database.$transaction(async (transaction) => {
        // One at a time for each owner: several at once must not take the same room.
        const lock = `taskwire uploads of ${facts.ownerId}`;
        await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))::text`;
        await checkQuotaIn(transaction, facts.ownerId, facts.sizeBytes);
        await transaction.upload.create({ data: { id: uploadId, ...facts } });
      });
      await translated(adding);
    },
    checkQuota: (ownerId, sizeBytes) => checkQuotaIn(database, ownerId, sizeBytes),
    async deleteUnused(uploadIds) {
      const deleted = await deleteUnusedUploads(database, uploadIds);
      for (const uploadId of deleted) await removeFiles(storage, uploadId);
    },
    async find(uploadId) {
      const row = await database.upload.findUnique({ where: { id: uploadId } });
      if (row === null) return undefined;
      const { id, ownerId, fileName, mediaType, sizeBytes } = row;
      return { uploadId: id, ownerId, fileName, mediaType, sizeBytes };
    },
  };
}

/** Removes the file of an upload and those derived from it. */
async function removeFiles(storage: UploadStorage, uploadId: string): Promise<void> {
  await storage.delete(uploadId);
  for await (const page of storage.list(`${DERIVED_PREFIX}${uploadId}.`, PAGE)) {
    for (const { name } of page) await storage.delete(name);
  }
}

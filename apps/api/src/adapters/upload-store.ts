import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteUnusedUploads } from '@taskwire/db';
import type { StoredUpload, UploadStore } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** The rows of uploads in PostgreSQL: what procedures read, and what the upload endpoint writes. */
export interface WritableUploadStore extends UploadStore {
  add(upload: StoredUpload): Promise<void>;
}

/** The rows of uploads in PostgreSQL, and their files in `directory`. */
export function createUploadStore(database: ApiDatabase, directory: string): WritableUploadStore {
  return {
    async add({ uploadId, ...facts }) {
      await database.upload.create({ data: { id: uploadId, ...facts } });
    },
    async deleteUnused(uploadIds) {
      for (const uploadId of await deleteUnusedUploads(database, uploadIds)) {
        await rm(join(directory, uploadId), { force: true });
      }
    },
    async find(uploadId) {
      const row = await database.upload.findUnique({ where: { id: uploadId } });
      if (row === null) return undefined;
      const { id, ownerId, fileName, mediaType, sizeBytes } = row;
      return { uploadId: id, ownerId, fileName, mediaType, sizeBytes };
    },
  };
}

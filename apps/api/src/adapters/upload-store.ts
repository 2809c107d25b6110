import type { StoredUpload, UploadStore } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** The rows of uploads in PostgreSQL: what procedures read, and what the upload endpoint writes. */
export interface WritableUploadStore extends UploadStore {
  add(upload: StoredUpload): Promise<void>;
}

/** The rows of uploads in PostgreSQL. */
export function createUploadStore(database: ApiDatabase): WritableUploadStore {
  return {
    async add({ uploadId, ...facts }) {
      await database.upload.create({ data: { id: uploadId, ...facts } });
    },
    async find(uploadId) {
      const row = await database.upload.findUnique({ where: { id: uploadId } });
      if (row === null) return undefined;
      const { id, ownerId, fileName, mediaType, sizeBytes } = row;
      return { uploadId: id, ownerId, fileName, mediaType, sizeBytes };
    },
  };
}

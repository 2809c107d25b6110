import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteUnusedUploads } from '@taskwire/db';
import type { StoredUpload, UploadStore } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** The folder, in that of the uploads, in which workers keep files made of them: `<uploadId>.<name>`. */
const DERIVED_FOLDER = 'derived';

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
      const deleted = await deleteUnusedUploads(database, uploadIds);
      for (const uploadId of deleted) await rm(join(directory, uploadId), { force: true });
      if (deleted.length > 0) await removeDerived(join(directory, DERIVED_FOLDER), deleted);
    },
    async find(uploadId) {
      const row = await database.upload.findUnique({ where: { id: uploadId } });
      if (row === null) return undefined;
      const { id, ownerId, fileName, mediaType, sizeBytes } = row;
      return { uploadId: id, ownerId, fileName, mediaType, sizeBytes };
    },
  };
}

async function removeDerived(folder: string, uploadIds: readonly string[]): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const isTheirs = (name: string): boolean => uploadIds.includes(name.slice(0, name.indexOf('.')));
  for (const name of names.filter(isTheirs)) await rm(join(folder, name), { force: true });
}

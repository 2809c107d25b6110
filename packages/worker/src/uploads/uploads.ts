import { join } from 'node:path';
import type { Database } from '@taskwire/db';
import type { UploadReference } from '@taskwire/tasks';
import { fileExists } from '../documents/file-exists.ts';
import { PermanentTaskError } from '../task-error.ts';
import { uploadMissing, type UploadFile } from './opened-upload.ts';

/** The uploads that handlers may open, and the folder in which they lie, each under its id. */
export class Uploads {
  readonly #database: Database;
  readonly #directory: string;

  constructor({ database, directory }: { database: Database; directory: string }) {
    this.#database = database;
    this.#directory = directory;
  }

  /**
   * Makes the function that opens the uploads of one task.
   * These are the uploads that its input names in `upload()` fields, if its owner owns them.
   * @returns a function that throws PermanentTaskError UPLOAD_UNDECLARED or UPLOAD_MISSING.
   */
  openerFor(ownerId: string, named: readonly UploadReference[]): (uploadId: string) => Promise<UploadFile> {
    const ids = new Set(named.map(({ uploadId }) => uploadId.toLowerCase()));
    return async (uploadId) => {
      if (!ids.has(uploadId.toLowerCase())) throw undeclared();
      return this.#find(ownerId, uploadId);
    };
  }

  async #find(ownerId: string, uploadId: string): Promise<UploadFile> {
    const row = await this.#database.upload.findFirst({ where: { id: uploadId, ownerId } });
    if (row === null) throw uploadMissing();
    const { id, fileName, mediaType, sizeBytes, contentHash } = row;
    const path = join(this.#directory, id);
    if (!(await fileExists(path))) throw uploadMissing();
    const facts = { uploadId: id, fileName, mediaType, sizeBytes, path };
    return contentHash === null ? facts : { ...facts, contentHash };
  }
}

function undeclared(): PermanentTaskError {
  return new PermanentTaskError(
    'UPLOAD_UNDECLARED',
    "the handler opens an upload that the task's input does not name: declare the field as upload() in the input schema",
  );
}

import type { Database } from '@taskwire/db';
import type { UploadReference } from '@taskwire/tasks';
import type { LocalCopy, UploadStorage } from '@taskwire/uploads';
import { PermanentTaskError } from '../task-error.ts';
import { openedUpload, uploadMissing, type OpenedUpload } from './opened-upload.ts';

/** Opens the uploads of one attempt. */
export interface UploadOpener {
  /** @throws PermanentTaskError UPLOAD_UNDECLARED or UPLOAD_MISSING; UploadStorageError if the storage is away. */
  open: (uploadId: string) => Promise<OpenedUpload>;
  /** The attempt reads none of them any more. */
  close(): void;
}

/** The uploads that handlers may open, and the storage of their files. */
export class Uploads {
  readonly #database: Database;
  readonly #storage: UploadStorage;

  constructor({ database, storage }: { database: Database; storage: UploadStorage }) {
    this.#database = database;
    this.#storage = storage;
  }

  /** Opens the uploads that a task's input names in `upload()` fields, if its owner owns them. */
  openerFor(ownerId: string, named: readonly UploadReference[]): UploadOpener {
    const ids = new Set(named.map(({ uploadId }) => uploadId.toLowerCase()));
    const copies = new Map<string, Promise<LocalCopy>>();
    return {
      open: async (uploadId) => {
        if (!ids.has(uploadId.toLowerCase())) throw uploadUndeclared();
        return this.#find(ownerId, uploadId, copies);
      },
      close: () => {
        for (const copy of copies.values()) copy.then((each) => each.release()).catch(() => undefined);
      },
    };
  }

  async #find(ownerId: string, uploadId: string, copies: Map<string, Promise<LocalCopy>>): Promise<OpenedUpload> {
    const row = await this.#database.upload.findFirst({ where: { id: uploadId, ownerId } });
    if (row === null || (await this.#storage.find(row.id)) === undefined) throw uploadMissing();
    const { id, fileName, mediaType, sizeBytes, contentHash } = row;
    const facts = { uploadId: id, fileName, mediaType, sizeBytes };
    return openedUpload(contentHash === null ? facts : { ...facts, contentHash }, {
      read: () => this.#storage.read(id),
      localPath: () => this.#localPath(id, copies),
    });
  }

  /** One copy for each upload of an attempt. A failed one is tried again at the next call. */
  async #localPath(uploadId: string, copies: Map<string, Promise<LocalCopy>>): Promise<string> {
    const copy = copies.get(uploadId) ?? this.#storage.localCopy(uploadId);
    copies.set(uploadId, copy);
    try {
      return (await copy).path;
    } catch (error) {
      copies.delete(uploadId);
      throw error;
    }
  }
}

/** The failure of a handler that opens an upload which the task's input does not name. */
export function uploadUndeclared(): PermanentTaskError {
  return new PermanentTaskError(
    'UPLOAD_UNDECLARED',
    "the handler opens an upload that the task's input does not name: declare the field as upload() in the input schema",
  );
}

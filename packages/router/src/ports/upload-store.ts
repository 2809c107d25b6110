/** An uploaded file's record; the bytes are elsewhere. */
export interface StoredUpload {
  uploadId: string;
  ownerId: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
}

export interface UploadStore {
  find(uploadId: string): Promise<StoredUpload | undefined>;
  /** Deletes the ones of these uploads that no task and no hold names, with their files. */
  deleteUnused(uploadIds: readonly string[]): Promise<void>;
}

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
}

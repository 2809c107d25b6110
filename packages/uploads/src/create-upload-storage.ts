import { FolderStorage } from './folder/folder-storage.ts';
import type { UploadStorageSettings } from './settings/upload-settings.ts';
import type { UploadStorage } from './storage/upload-storage.ts';

/**
 * Opens the storage that the settings name. It is not checked yet (`prepare`).
 * @throws UploadStorageError `refused` if the package for S3 is not installed.
 */
export async function createUploadStorage(settings: UploadStorageSettings): Promise<UploadStorage> {
  if (settings.type === 'folder') return new FolderStorage(settings);
  const { S3Storage } = await import('./s3/s3-storage.ts');
  return S3Storage.open(settings);
}

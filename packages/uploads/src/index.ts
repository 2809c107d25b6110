// The port
export type { ByteRange, DraftFile, LocalCopy, StoredFile, UploadStorage } from './storage/upload-storage.ts';
export { UploadStorageError, type StorageReason } from './storage/storage-error.ts';
export { DERIVED_PREFIX, derivedName, isDraftName, uploadIdOf } from './storage/file-name.ts';

// Its adapters
export { FolderStorage, type FolderStorageSettings } from './folder/folder-storage.ts';
export { createUploadStorage } from './create-upload-storage.ts';

// Settings
export { uploadOptionVariables, type UploadOptions } from './settings/upload-options.ts';
export { uploadProblems, uploadSettingsOf, uploadVariables } from './settings/upload-variables.ts';
export type { UploadStorageSettings } from './settings/upload-settings.ts';

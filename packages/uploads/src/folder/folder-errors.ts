import { missingFile, UploadStorageError, type StorageReason } from '../storage/storage-error.ts';

/** Reasons by the code of the operating system: https://man7.org/linux/man-pages/man3/errno.3.html */
const REASONS: Readonly<Record<string, StorageReason>> = {
  ENOENT: 'missing',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  ENOTDIR: 'refused',
  EEXIST: 'refused',
  // A folder of the network.
  EIO: 'unavailable',
  ESTALE: 'unavailable',
  ETIMEDOUT: 'unavailable',
  EHOSTDOWN: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENETUNREACH: 'unavailable',
  ENOTCONN: 'unavailable',
};

/** The reason for an error of the file system; undefined for any other error. */
export function fileSystemReason(error: unknown): StorageReason | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? REASONS[error.code] : undefined;
}

/** The storage's error for an error of the file system; any other error as it is. */
export function folderError(name: string, error: unknown): unknown {
  const reason = fileSystemReason(error);
  if (reason === undefined || !(error instanceof Error)) return error;
  if (reason === 'missing') return missingFile(name, error);
  return new UploadStorageError(reason, `the folder of the uploads cannot be used: ${error.message}`, { cause: error });
}

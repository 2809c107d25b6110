import { TaskwireError } from '@taskwire/protocol';

/** No space, no quota, or a file above what the system allows: https://man7.org/linux/man-pages/man3/errno.3.html */
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** A failure of the file system as its caller may see it; anything else as it is. */
export function storageError(error: unknown): unknown {
  if (!isSystemError(error) || !NO_ROOM.includes(error.code)) return error;
  return new TaskwireError('INSUFFICIENT_STORAGE', 'the server has no room left for uploads', { cause: error });
}

/** Whether the system itself refused something, and not the sender. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

import { TaskwireError } from '@taskwire/protocol';
import { UploadStorageError } from '@taskwire/uploads';

/** The client left during the upload: no answer is possible. */
export class UploadAbortedError extends Error {
  constructor() {
    super('the client went away before the upload was complete');
    this.name = 'UploadAbortedError';
  }
}

/** The refusal of a malformed upload. */
export function badForm(message: string, cause?: unknown): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `file: ${message}`, { fields: [{ path: 'file', message }], cause });
}

/** The refusal of a file for which its owner has no room left. */
export function noQuotaLeft({ usedBytes, quotaBytes }: { usedBytes: number; quotaBytes: number }): TaskwireError {
  const message =
    `your stored files take up ${inMebibytes(usedBytes)} of ${inMebibytes(quotaBytes)} MiB: ` +
    'delete ended tasks (task.delete), and what else uses files that you no longer need';
  return new TaskwireError('PAYLOAD_TOO_LARGE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

function inMebibytes(bytes: number): number {
  return Math.ceil(bytes / (1_024 * 1_024));
}

/** The refusal of a file above the limit. */
export function tooLarge(maxBytes: number): TaskwireError {
  const message = `is larger than the ${maxBytes} bytes that this server takes`;
  return new TaskwireError('PAYLOAD_TOO_LARGE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

/** No space, no quota, or a file above what the system allows: https://man7.org/linux/man-pages/man3/errno.3.html */
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The error that a caller may see for a full disk, or for a storage that is away; any other error as it is. */
export function storageError(error: unknown): unknown {
  if (error instanceof UploadStorageError) {
    if (error.reason === 'full') return noRoom(error);
    return error.isOutage ? storageAway(error) : error;
  }
  return isSystemError(error) && NO_ROOM.includes(error.code) ? noRoom(error) : error;
}

function noRoom(cause: Error): TaskwireError {
  return new TaskwireError('INSUFFICIENT_STORAGE', 'the server has no room left for uploads', { cause });
}

function storageAway(cause: Error): TaskwireError {
  const message = 'the storage of uploads cannot be reached now: try again in a moment';
  return new TaskwireError('SERVICE_UNAVAILABLE', message, { cause });
}

/** Whether the operating system raised the error, and not the sender. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/**
 * Why the storage could not do something.
 * - `missing`: there is no such file
 * - `unavailable`: the storage does not answer now; it may later
 * - `full`: no room is left
 * - `refused`: the storage answers that it will not, until somebody changes its settings or rights
 */
export type StorageReason = 'missing' | 'unavailable' | 'full' | 'refused';

/** A failure of the storage of uploads. The message is for operators and holds no secret. */
export class UploadStorageError extends Error {
  override readonly name = 'UploadStorageError';
  readonly reason: StorageReason;

  constructor(reason: StorageReason, message: string, details: { cause?: unknown } = {}) {
    super(message, details);
    this.reason = reason;
  }

  /** Whether the same call may succeed later, although nobody uploads anything again. */
  get isOutage(): boolean {
    return this.reason !== 'missing';
  }
}

/** The failure for a file that does not exist. */
export function missingFile(name: string, cause?: unknown): UploadStorageError {
  return new UploadStorageError('missing', `there is no file ${name} among the uploads`, { cause });
}

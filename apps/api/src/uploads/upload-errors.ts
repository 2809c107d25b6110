import { TaskwireError } from '@taskwire/protocol';

/** The client went away in the middle: there is nobody to answer. */
export class UploadAbortedError extends Error {
  constructor() {
    super('the client went away before the upload was complete');
    this.name = 'UploadAbortedError';
  }
}

/** An upload that is put together wrongly. */
export function badForm(message: string, cause?: unknown): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `file: ${message}`, { fields: [{ path: 'file', message }], cause });
}

/** A file for which its owner has no room left. */
export function noQuotaLeft({ usedBytes, quotaBytes }: { usedBytes: number; quotaBytes: number }): TaskwireError {
  const message =
    `your stored files take up ${inMebibytes(usedBytes)} of ${inMebibytes(quotaBytes)} MiB: ` +
    'delete documents (document.delete) or ended tasks (task.delete) that you no longer need';
  return new TaskwireError('PAYLOAD_TOO_LARGE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

function inMebibytes(bytes: number): number {
  return Math.ceil(bytes / (1_024 * 1_024));
}

/** A file above the limit. */
export function tooLarge(maxBytes: number): TaskwireError {
  const message = `is larger than the ${maxBytes} bytes that this server takes`;
  return new TaskwireError('PAYLOAD_TOO_LARGE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

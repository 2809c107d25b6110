import { ERROR_CODES, type ErrorCode, type FieldError } from './error-code.ts';

/**
 * An error that a caller may see. Whatever is in it is safe to send: no secret, no other owner's data.
 * Anything else that is thrown reaches a caller as INTERNAL without its message.
 */
export class TaskwireError extends Error {
  readonly code: ErrorCode;
  /** Which fields of the input were refused; empty when the error is not about a field. */
  readonly fields: readonly FieldError[];

  constructor(code: ErrorCode, message: string, details: { fields?: readonly FieldError[]; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'TaskwireError';
    this.code = code;
    this.fields = details.fields ?? [];
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  /** Whether the same call may succeed later. */
  get isRetryable(): boolean {
    return ERROR_CODES[this.code].isRetryable;
  }
}

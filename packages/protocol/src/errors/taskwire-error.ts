import { ERROR_CODES, type ErrorCode } from './error-code.ts';
import { fieldErrorText, type FieldError } from './field-error.ts';

/**
 * An error that a caller may see. It holds no secret and no data of another owner, so it is safe to send. Every other
 * thrown value reaches a caller as INTERNAL, without its message.
 */
export class TaskwireError extends Error {
  readonly code: ErrorCode;
  /** The refused fields of the input; empty if the error is not about a field. */
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

/** INVALID_INPUT for refused fields, which its message and its `fields` name. */
export function invalidInput(fields: readonly FieldError[], cause?: unknown): TaskwireError {
  return new TaskwireError('INVALID_INPUT', fieldErrorText(fields), { fields, cause });
}

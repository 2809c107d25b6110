import { ERROR_CODES, isErrorCode, type ErrorCode, type FieldError, type TaskwireError } from '@taskwire/protocol';

/** A server's code, or NETWORK: no usable answer came at all. */
export type ClientErrorCode = ErrorCode | 'NETWORK';

export interface ClientErrorDetails {
  fields?: readonly FieldError[];
  /** The HTTP status that came with it. */
  status?: number | undefined;
  cause?: unknown;
}

/** Everything that this package throws. The message says what is wrong and, where there is one, the remedy. */
export class TaskwireClientError extends Error {
  readonly code: ClientErrorCode;
  /** Which fields of the input were refused; empty when the error is not about a field. */
  readonly fields: readonly FieldError[];
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** Whether the same call may succeed later. */
  readonly isRetryable: boolean;

  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'TaskwireClientError';
    this.code = code;
    this.fields = details.fields ?? [];
    if (details.status !== undefined) this.status = details.status;
    this.isRetryable = code === 'NETWORK' || ERROR_CODES[code].isRetryable || isRetryableStatus(details.status);
  }
}

/** What proxies answer while the server behind them is away. */
function isRetryableStatus(status: number | undefined): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** The code for an answer that carries none: by its HTTP status. */
export function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(ERROR_CODES).filter(isErrorCode);
  const exact = codes.find((code) => ERROR_CODES[code].status === status);
  if (exact !== undefined) return exact;
  if (status >= 400 && status < 500) return 'INVALID_INPUT';
  return status === 502 || status === 504 ? 'SERVICE_UNAVAILABLE' : 'INTERNAL';
}

/** A lower layer's refusal in this package's error class. */
export function fromTaskwireError(error: TaskwireError): TaskwireClientError {
  return new TaskwireClientError(error.code, error.message, { fields: error.fields, cause: error });
}

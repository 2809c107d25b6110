import { ERROR_CODES, isErrorCode, type ErrorCode, type FieldError, type TaskwireError } from '@taskwire/protocol';

/** A server's code, or NETWORK: no answer of Taskwire arrived. */
export type ClientErrorCode = ErrorCode | 'NETWORK';

export interface ClientErrorDetails {
  fields?: readonly FieldError[];
  /** HTTP status of the answer. */
  status?: number | undefined;
  cause?: unknown;
}

/** The error class of this package. The message says what is wrong and, if there is one, the remedy. */
export class TaskwireClientError extends Error {
  readonly code: ClientErrorCode;
  /** The refused fields of the input; empty if the error is not about a field. */
  readonly fields: readonly FieldError[];
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** Whether the caller should retry the same call later. */
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

/** Statuses of proxies while the server behind them is away. */
function isRetryableStatus(status: number | undefined): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** The code for an answer without a known code, by its HTTP status. */
export function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(ERROR_CODES).filter(isErrorCode);
  const exact = codes.find((code) => ERROR_CODES[code].status === status);
  if (exact !== undefined) return exact;
  if (status >= 400 && status < 500) return 'INVALID_INPUT';
  return status === 502 || status === 504 ? 'SERVICE_UNAVAILABLE' : 'INTERNAL';
}

/** An error of the protocol package as this package's error class. */
export function fromTaskwireError(error: TaskwireError): TaskwireClientError {
  return new TaskwireClientError(error.code, error.message, { fields: error.fields, cause: error });
}

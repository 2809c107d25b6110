/**
 * All error codes that a caller can get. `status` is the HTTP status, `trpc` the tRPC code with the same status.
 * `isRetryable`: the same call may succeed later, so clients come back with backoff.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: { status: 401, trpc: 'UNAUTHORIZED', isRetryable: false },
  FORBIDDEN: { status: 403, trpc: 'FORBIDDEN', isRetryable: false },
  NOT_FOUND: { status: 404, trpc: 'NOT_FOUND', isRetryable: false },
  INVALID_INPUT: { status: 400, trpc: 'BAD_REQUEST', isRetryable: false },
  METHOD_NOT_ALLOWED: { status: 405, trpc: 'METHOD_NOT_SUPPORTED', isRetryable: false },
  CONFLICT: { status: 409, trpc: 'CONFLICT', isRetryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, trpc: 'PAYLOAD_TOO_LARGE', isRetryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', isRetryable: false },
  TOO_MANY_REQUESTS: { status: 429, trpc: 'TOO_MANY_REQUESTS', isRetryable: true },
  SERVICE_UNAVAILABLE: { status: 503, trpc: 'SERVICE_UNAVAILABLE', isRetryable: true },
  INSUFFICIENT_STORAGE: { status: 507, trpc: 'SERVICE_UNAVAILABLE', isRetryable: true },
  INTERNAL: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', isRetryable: false },
} as const satisfies Record<string, { status: number; trpc: string; isRetryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a value is a code of the table. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/**
 * Codes of task failures that Taskwire itself reports. A handler may use codes of its own, such as
 * `DOCUMENT_ENCRYPTED`, in the same spelling.
 */
export const TASK_ERROR_CODES = [
  'HANDLER_FAILED',
  'INPUT_INVALID',
  'OUTPUT_INVALID',
  'TIMEOUT',
  'KIND_UNKNOWN',
  'WORKER_LOST',
  'WORKER_STOPPED',
  'EVENTS_LOST',
  'END_UNREADABLE',
  'UPLOADS_UNAVAILABLE',
] as const;
export type TaskErrorCode = (typeof TASK_ERROR_CODES)[number];

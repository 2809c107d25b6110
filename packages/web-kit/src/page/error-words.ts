import { ERROR_CODES, type ErrorCode } from '@taskwire/protocol';
import { sentence } from '@taskwire/tasks';

/** An error in words for the reader of a page. */
export interface ErrorWords {
  title: string;
  /** Next step for the reader. */
  advice: string;
  /** Whether the same call may succeed later. */
  isRetryable: boolean;
}

/** The server's codes, and `NETWORK` for a server that cannot be reached. */
export type PageErrorCode = ErrorCode | 'NETWORK';

const TITLES: Record<PageErrorCode, string> = {
  NETWORK: 'The server cannot be reached',
  UNAUTHENTICATED: 'You are not signed in any more',
  FORBIDDEN: 'You may not do this',
  NOT_FOUND: 'This was not found',
  INVALID_INPUT: 'The server did not accept this',
  METHOD_NOT_ALLOWED: 'This page and the server do not fit together',
  CONFLICT: 'This cannot be done as things stand',
  PAYLOAD_TOO_LARGE: 'The file is too large',
  UNSUPPORTED_MEDIA_TYPE: 'This type of file cannot be read',
  TOO_MANY_REQUESTS: 'That was too much at once',
  SERVICE_UNAVAILABLE: 'The server is not ready',
  INSUFFICIENT_STORAGE: 'The server has no room left',
  INTERNAL: 'Something went wrong on the server',
};

/** Advice by code. A code without advice shows the server's own message. */
const ADVICE: Partial<Record<PageErrorCode, string>> = {
  NETWORK: 'Check your connection, then try again. Tasks that were started keep running.',
  UNAUTHENTICATED: 'Sign in again. Tasks that were started keep running.',
  FORBIDDEN: 'Ask whoever runs this server.',
  NOT_FOUND: 'It may be deleted or belong to somebody else, or the address may be incomplete.',
  TOO_MANY_REQUESTS: 'Wait a moment, then try again.',
  SERVICE_UNAVAILABLE: 'Wait a moment, then try again. Tasks that were started keep running.',
  METHOD_NOT_ALLOWED: 'Reload the page.',
  INSUFFICIENT_STORAGE: 'Tell whoever runs this server, and try again later.',
  INTERNAL: 'Try again. If it stays, tell whoever runs this server.',
};

/** The code of an error of the client, of tRPC, or of the browser's fetch. */
export function errorCodeOf(error: unknown): PageErrorCode {
  const code = codeIn(error);
  if (code !== undefined) return code;
  if (error instanceof Error && error.cause !== undefined) return errorCodeOf(error.cause);
  return error instanceof TypeError ? 'NETWORK' : 'INTERNAL';
}

/** The words for a thrown value of any type. */
export function errorWords(error: unknown): ErrorWords {
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : '';
  return {
    title: TITLES[code],
    advice: ADVICE[code] ?? sentence(message === '' ? 'try again' : message),
    isRetryable: code === 'NETWORK' || code === 'INTERNAL' || ERROR_CODES[code].isRetryable,
  };
}

function codeIn(error: unknown): PageErrorCode | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && isPageErrorCode(error.code)) return error.code;
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined;
  return 'taskwireCode' in error.data && isPageErrorCode(error.data.taskwireCode) ? error.data.taskwireCode : undefined;
}

function isPageErrorCode(code: unknown): code is PageErrorCode {
  return typeof code === 'string' && Object.hasOwn(TITLES, code);
}

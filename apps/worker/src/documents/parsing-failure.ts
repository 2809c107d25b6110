import { TaskError } from '../task-error.ts';

/** Why a document could not be read: for its owner (code, message), and for the log (detail). */
export interface ParsingFailure {
  code: string;
  message: string;
  detail: string;
}

export const TOO_COMPLEX = {
  code: 'DOCUMENT_TOO_COMPLEX',
  message: 'the document is too large or too deeply nested to be read: split it and upload the parts',
} as const;

const UNREADABLE = {
  code: 'DOCUMENT_UNREADABLE',
  message: 'the document is broken and cannot be read: save or export it again and upload it',
} as const;

/** Engines report by RangeError what exceeds them: the depth of the stack, the length of a string, the size of a buffer. */
export function describeParsingFailure(error: unknown): ParsingFailure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof TaskError) return { code: error.code, message: error.message, detail };
  return { ...(error instanceof RangeError ? TOO_COMPLEX : UNREADABLE), detail };
}

/** A document that cannot be read, for a reason that every further try would meet again. */
export class DocumentError extends Error {
  /** Upper-case words: `DOCUMENT_ENCRYPTED`. Code and message may be shown to the document's owner. */
  readonly code: string;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(message, details);
    this.name = 'DocumentError';
    this.code = code;
  }
}

/** A failure to read a document: for its owner (code, message), and for the log (detail). */
export interface ReadingFailure {
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

/** The error for a document that a password protects. */
export function encryptedDocument(): DocumentError {
  const message = 'the document is encrypted: save it without a password and upload it again';
  return new DocumentError('DOCUMENT_ENCRYPTED', message);
}

/** The error for an archive without the file that holds its text. */
export function missingPart(name: string): DocumentError {
  const message = `the document is broken (it holds no ${name}): save or export it again and upload it`;
  return new DocumentError('DOCUMENT_UNREADABLE', message);
}

/** Engines report by RangeError what exceeds them: the depth of the stack, the length of a string, the size of a buffer. */
export function describeReadingFailure(error: unknown): ReadingFailure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof DocumentError) return { code: error.code, message: error.message, detail };
  return { ...(error instanceof RangeError ? TOO_COMPLEX : UNREADABLE), detail };
}

/** A document that cannot be read, for a reason that every retry would meet again. */
export class DocumentError extends Error {
  /** A code in upper case, such as `DOCUMENT_ENCRYPTED`. The document's owner may see code and message. */
  readonly code: string;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(message, details);
    this.name = 'DocumentError';
    this.code = code;
  }
}

/** A failure to read a document: code and message for its owner, detail for the log. */
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

/** The error for an archive that lacks the file with its text. */
export function missingPart(name: string): DocumentError {
  const message = `the document is broken (it holds no ${name}): save or export it again and upload it`;
  return new DocumentError('DOCUMENT_UNREADABLE', message);
}

/** Engines throw RangeError for an excess: stack depth, string length, buffer size. */
export function describeReadingFailure(error: unknown): ReadingFailure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof DocumentError) return { code: error.code, message: error.message, detail };
  return { ...(error instanceof RangeError ? TOO_COMPLEX : UNREADABLE), detail };
}

/** A failure whose code and message are for the task's owner. Another attempt follows while the task has tries left. */
export class TaskError extends Error {
  /** Upper-case words: `DOCUMENT_EMPTY`. */
  readonly code: string;
  /** Whether another attempt would fail too. */
  readonly permanent: boolean = false;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(message, details);
    this.name = 'TaskError';
    this.code = code;
  }
}

/** A failure that ends the task at once, because another attempt would fail too. */
export class PermanentTaskError extends TaskError {
  override readonly permanent = true;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(code, message, details);
    this.name = 'PermanentTaskError';
  }
}

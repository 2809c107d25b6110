/** A failure whose code and words may be shown to the task's owner. The task is tried again while it has tries left. */
export class TaskError extends Error {
  /** Upper-case words: `DOCUMENT_EMPTY`. */
  readonly code: string;
  /** Whether trying again is pointless. */
  readonly permanent: boolean = false;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(message, details);
    this.name = 'TaskError';
    this.code = code;
  }
}

/** A failure that every further try would meet again: the task ends at once. */
export class PermanentTaskError extends TaskError {
  override readonly permanent = true;

  constructor(code: string, message: string, details: { cause?: unknown } = {}) {
    super(code, message, details);
    this.name = 'PermanentTaskError';
  }
}

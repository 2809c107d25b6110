/** An obstacle that ends a program or a step of it, and what a person can do about it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly remedy: string | undefined;
  /** Output of a program, to be shown as it is. */
  readonly detail: string | undefined;

  constructor(message: string, more: { remedy?: string; detail?: string; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.remedy = more.remedy;
    this.detail = more.detail;
  }
}

/** The problem for anything that was thrown. An error with a remedy of its own keeps it. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return new Problem(String(error), { cause: error });
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? { remedy: error.remedy } : {};
  return new Problem(error.message, { ...remedy, cause: error });
}

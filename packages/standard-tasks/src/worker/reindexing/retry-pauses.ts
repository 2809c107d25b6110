/** First and longest pause (ms) before a retry. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;

interface Failure {
  pauseMs: number;
  retryAt: number;
}

/** Tasks or documents whose chunks failed. Each is retried after a pause that doubles with each failure. */
export class RetryPauses {
  readonly #failures = new Map<string, Failure>();

  /** The ids whose pause is not over at `now` (ms). */
  pausing(now: number): string[] {
    return [...this.#failures].filter(([, { retryAt }]) => retryAt > now).map(([id]) => id);
  }

  /**
   * Records a failure at `now` (ms).
   * @returns whether it is the first one of this id.
   */
  add(id: string, now: number): boolean {
    const before = this.#failures.get(id);
    const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(2 * before.pauseMs, LONGEST_PAUSE_MS);
    this.#failures.set(id, { pauseMs, retryAt: now + pauseMs });
    return before === undefined;
  }

  /**
   * Forgets the failures of an id.
   * @returns whether there were any.
   */
  delete(id: string): boolean {
    return this.#failures.delete(id);
  }
}

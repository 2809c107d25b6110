/** First and longest pause (ms) before another try. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;

interface Failure {
  pauseMs: number;
  retryAt: number;
}

/** Tasks whose chunks could not be adopted. Each is tried again, after a pause that doubles with each failure. */
export class FailedAdoptions {
  readonly #failures = new Map<string, Failure>();

  /** The tasks whose pause is not over at `now` (ms). */
  pausing(now: number): string[] {
    return [...this.#failures].filter(([, { retryAt }]) => retryAt > now).map(([taskId]) => taskId);
  }

  /** Takes down a failure at `now` (ms). @returns whether it is the task's first one. */
  add(taskId: string, now: number): boolean {
    const before = this.#failures.get(taskId);
    const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(2 * before.pauseMs, LONGEST_PAUSE_MS);
    this.#failures.set(taskId, { pauseMs, retryAt: now + pauseMs });
    return before === undefined;
  }

  /** Forgets the failures of a task. @returns whether there were any. */
  delete(taskId: string): boolean {
    return this.#failures.delete(taskId);
  }
}

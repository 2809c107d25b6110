/**
 * Spreads the deliveries that a worker cannot run now: each one costs time at Redis and PostgreSQL, and a slot that a task
 * which the worker can run would take. However many tasks wait, few of them come again in a second.
 */
export class LaterPace {
  readonly #everyMs: number;
  readonly #now: () => number;
  /** When (ms) the next place is free. */
  #freeAt = 0;

  /** @param everyMs mean interval between two deliveries that come again. */
  constructor(everyMs: number, now: () => number = () => performance.now()) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Takes a place. @returns the delay (ms): the wanted one, or longer while many have been put back. */
  delay(wantedMs: number): number {
    const now = this.#now();
    const waitMs = Math.max(this.#freeAt - now, 0);
    this.#freeAt = now + waitMs + this.#everyMs;
    return Math.max(wantedMs, Math.round(waitMs));
  }
}

/**
 * Spreads the deliveries that a worker cannot run now, so that few return per second, for any number of tasks. Each
 * delivery costs time in Redis and PostgreSQL, and a slot that a runnable task could use.
 */
export class LaterPace {
  readonly #everyMs: number;
  readonly #now: () => number;
  /** Time (ms) at which the next place is free. */
  #freeAt = 0;

  /** @param everyMs mean interval between two returning deliveries. */
  constructor(everyMs: number, now: () => number = () => performance.now()) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /**
   * Takes a place.
   * @returns the delay (ms): the wanted one, or a longer one if many deliveries were put back.
   */
  delay(wantedMs: number): number {
    const now = this.#now();
    const waitMs = Math.max(this.#freeAt - now, 0);
    this.#freeAt = now + waitMs + this.#everyMs;
    return Math.max(wantedMs, Math.round(waitMs));
  }
}

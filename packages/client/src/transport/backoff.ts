const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/** How long to wait before coming back: doubling up to a cap, with jitter, so that a crowd does not come back at once. */
export class Backoff {
  #failures = 0;

  /** Milliseconds to wait after one more failure: between half and all of 0.5 s, 1 s, 2 s, … 15 s. */
  next(): number {
    const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return (ceiling * (1 + Math.random())) / 2;
  }

  /** Something came through: the next failure is a first one again. */
  reset(): void {
    this.#failures = 0;
  }
}

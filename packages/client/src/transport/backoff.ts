/** Longest first delay (ms). */
const FIRST_DELAY_MS = 500;
/** Longest delay (ms). */
const LONGEST_DELAY_MS = 15_000;

/** Delays before reconnecting: doubled up to a cap, with jitter, so that many clients do not reconnect at once. */
export class Backoff {
  #failures = 0;

  /** Delay (ms) after one more failure: between half and all of 0.5 s, 1 s, 2 s, … 15 s. */
  next(): number {
    const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return (ceiling * (1 + Math.random())) / 2;
  }

  /** A message has arrived: the next failure counts as the first. */
  reset(): void {
    this.#failures = 0;
  }
}

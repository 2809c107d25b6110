/** Lines of one kind within a window. */
const MOST_LINES = 50;
/** Length (ms) of a window. */
const WINDOW_MS = 10_000;

/**
 * Limits the log lines that callers can cause: `MOST_LINES` of each kind within a window, then their number.
 * Open → full → open in the next window. It has no timer: the first line after a window reports the number.
 */
export class LineLimit {
  readonly #onSuppressed: (kind: string, lines: number) => void;
  readonly #clock: () => number;
  readonly #lines = new Map<string, number>();
  #windowEnd = 0;

  /** @param clock milliseconds from any fixed point on. */
  constructor(onSuppressed: (kind: string, lines: number) => void, clock: () => number = () => performance.now()) {
    this.#onSuppressed = onSuppressed;
    this.#clock = clock;
  }

  /** Begins a new window if it is time, and reports the lines left out of the last one. */
  tick(): void {
    const now = this.#clock();
    if (now < this.#windowEnd) return;
    this.#windowEnd = now + WINDOW_MS;
    for (const [kind, lines] of this.#lines) if (lines > MOST_LINES) this.#onSuppressed(kind, lines - MOST_LINES);
    this.#lines.clear();
  }

  /** Whether one more line of a kind may be written. There must be few kinds. */
  admits(kind: string): boolean {
    this.tick();
    const lines = (this.#lines.get(kind) ?? 0) + 1;
    this.#lines.set(kind, lines);
    return lines <= MOST_LINES;
  }
}

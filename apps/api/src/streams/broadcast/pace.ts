import { setTimeout as sleep } from 'node:timers/promises';

/** Below this many events a second everything goes out at once; at twice as many the window is as long as it gets. */
const CALM_RATE = 50;
/** The longest (ms) that an event waits for company: people see no difference. */
const LONGEST_WINDOW_MS = 20;
/** Over about this long (ms) the rate is measured. */
const MEMORY_MS = 500;

/**
 * How long events of one topic wait for those that follow, so that each watcher gets several in one write: not at all
 * while there are few a second, some milliseconds when there are many.
 */
export class Pace {
  readonly #clock: () => number;
  #rate = 0;
  #countedAt: number;
  #sentAt = -Infinity;

  /** @param clock milliseconds from any fixed point on. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#countedAt = clock();
  }

  /** So many events were sent just now. */
  sent(count: number): void {
    this.#forget();
    this.#rate += (count * 1_000) / MEMORY_MS;
    this.#sentAt = this.#countedAt;
  }

  /** How long (ms) what has come now is still to be held back. */
  get wait(): number {
    this.#forget();
    const heat = Math.min(1, Math.max(0, this.#rate / CALM_RATE - 1));
    return Math.max(0, this.#sentAt + heat * LONGEST_WINDOW_MS - this.#countedAt);
  }

  /** Waits for as long, or until `signal` aborts. */
  async hold(signal: AbortSignal): Promise<void> {
    const { wait } = this;
    if (wait >= 1) await sleep(wait, undefined, { signal }).catch(() => undefined);
  }

  /** What was long ago counts for less and less. */
  #forget(): void {
    const now = this.#clock();
    this.#rate *= Math.exp((this.#countedAt - now) / MEMORY_MS);
    this.#countedAt = now;
  }
}

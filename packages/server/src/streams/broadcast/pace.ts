import { setTimeout as sleep } from 'node:timers/promises';

/** Events a second up to which nothing is held back. At twice the rate the window has its full length. */
const CALM_RATE = 50;
/** Longest time (ms) that an event is held back: people see no difference. */
const LONGEST_WINDOW_MS = 20;
/** Time (ms) over which the rate is measured. */
const MEMORY_MS = 500;

/**
 * Holds events of one topic back for some milliseconds while there are many a second, so that each connection gets
 * several in one write. While there are few, nothing is held back.
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

  /** Records that `count` events are sent now. */
  sent(count: number): void {
    this.#forget();
    this.#rate += (count * 1_000) / MEMORY_MS;
    this.#sentAt = this.#countedAt;
  }

  /** Time (ms) for which new events are held back from now on. */
  get wait(): number {
    this.#forget();
    const heat = Math.min(1, Math.max(0, this.#rate / CALM_RATE - 1));
    return Math.max(0, this.#sentAt + heat * LONGEST_WINDOW_MS - this.#countedAt);
  }

  /** Resolves after `wait`, or when `signal` aborts. */
  async hold(signal: AbortSignal): Promise<void> {
    const { wait } = this;
    if (wait >= 1) await sleep(wait, undefined, { signal }).catch(() => undefined);
  }

  /** Lowers the weight of earlier events. */
  #forget(): void {
    const now = this.#clock();
    this.#rate *= Math.exp((this.#countedAt - now) / MEMORY_MS);
    this.#countedAt = now;
  }
}

import { TaskwireError } from '@taskwire/protocol';
import type { StreamStatistics } from './statistics.ts';

/** How many event streams may be open. */
export interface MostStreams {
  perUser: number;
  perProcess: number;
}

/** One stream more than a user, or the process, may have open. */
export class TooManyStreamsError extends TaskwireError {}

/** Counts the open streams of each user, and refuses one too many. */
export class StreamLimits {
  readonly #most: MostStreams;
  readonly #statistics: StreamStatistics;
  readonly #byUser = new Map<string, number>();
  #total = 0;

  constructor(most: MostStreams, statistics: StreamStatistics) {
    this.#most = most;
    this.#statistics = statistics;
  }

  /**
   * @returns what gives the place back; once is enough.
   * @throws TooManyStreamsError TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admit(userId: string): () => void {
    const open = this.#byUser.get(userId) ?? 0;
    if (open >= this.#most.perUser) {
      this.#statistics.refused.user += 1;
      throw new TooManyStreamsError(
        'TOO_MANY_REQUESTS',
        `you have ${open} event streams open, which is the most: close one first`,
      );
    }
    if (this.#total >= this.#most.perProcess) {
      this.#statistics.refused.process += 1;
      throw new TooManyStreamsError(
        'SERVICE_UNAVAILABLE',
        'the server has as many event streams as it takes; come back later',
      );
    }
    this.#byUser.set(userId, open + 1);
    this.#total += 1;
    let held = true;
    return () => {
      if (held) this.#giveBack(userId);
      held = false;
    };
  }

  #giveBack(userId: string): void {
    this.#total -= 1;
    const left = (this.#byUser.get(userId) ?? 1) - 1;
    if (left > 0) this.#byUser.set(userId, left);
    else this.#byUser.delete(userId);
  }
}

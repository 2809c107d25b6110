import { UserCounts } from '../../user-counts.ts';
import type { Filtered } from './filter-limits.ts';
import { TooManyStreamsError, type StreamLimits } from './stream-limits.ts';

/**
 * Counts the streams that tRPC's own adapter serves beside the gateway. It encodes each event for each of them, so each
 * user may have only a few. They also count as streams.
 */
export class UnsharedLimits implements Pick<StreamLimits, 'admit'> {
  readonly #limits: StreamLimits;
  readonly #mostPerUser: number;
  readonly #open = new UserCounts();

  constructor(limits: StreamLimits, mostPerUser: number) {
    this.#limits = limits;
    this.#mostPerUser = mostPerUser;
  }

  /** See `StreamLimits`. */
  admit(userId: string, filtered?: Filtered): () => void {
    if (this.#open.of(userId) >= this.#mostPerUser) {
      throw new TooManyStreamsError(
        'TOO_MANY_REQUESTS',
        `${this.#mostPerUser} streams with connectionParams or a trpc-accept header are the most: ask for streams without them`,
      );
    }
    const giveBack = this.#limits.admit(userId, filtered);
    const close = this.#open.take(userId, 1);
    return () => {
      giveBack();
      close();
    };
  }
}

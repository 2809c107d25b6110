import { TaskwireError } from '@taskwire/protocol';
import { UserCounts } from '../../user-counts.ts';
import { FilterLimits, type Filtered } from './filter-limits.ts';
import type { StreamStatistics } from '../statistics.ts';

/** Limits of the open event streams. */
export interface MostStreams {
  perUser: number;
  perProcess: number;
  /** Most different filters with which one user may watch one topic. */
  filtersPerTopic: number;
}

/** A user, or the process, has too many streams open. */
export class TooManyStreamsError extends TaskwireError {}

/** Counts the open streams and held polls of each user, and refuses those beyond the limits. */
export class StreamLimits {
  readonly #most: MostStreams;
  readonly #statistics: StreamStatistics;
  readonly #filters: FilterLimits;
  readonly #open = new UserCounts();

  constructor(most: MostStreams, statistics: StreamStatistics) {
    this.#most = most;
    this.#statistics = statistics;
    this.#filters = new FilterLimits(most.filtersPerTopic);
  }

  /**
   * Takes a place for a stream.
   * @param filtered the topic and its filter, if there is one.
   * @returns a function that frees the place, once.
   * @throws TooManyStreamsError TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admit(userId: string, filtered?: Filtered): () => void {
    this.#checkPlaces(userId, 1);
    const leaveFilter = this.#admitFilter(userId, filtered);
    const giveBack = this.#open.take(userId, 1);
    return () => {
      giveBack();
      leaveFilter();
    };
  }

  /** Takes places for several polls: all or none. */
  admitPolls(userId: string, polls: number): () => void {
    this.#checkPlaces(userId, polls);
    return this.#open.take(userId, polls);
  }

  #checkPlaces(userId: string, wanted: number): void {
    const open = this.#open.of(userId);
    if (open + wanted > this.#most.perUser) {
      this.#statistics.refused.user += 1;
      throw new TooManyStreamsError(
        'TOO_MANY_REQUESTS',
        `you have ${open} event streams and polls open, and ${this.#most.perUser} are the most: close one first`,
      );
    }
    if (this.#open.total + wanted > this.#most.perProcess) {
      this.#statistics.refused.process += 1;
      throw new TooManyStreamsError(
        'SERVICE_UNAVAILABLE',
        'the server has as many event streams as it takes; come back later',
      );
    }
  }

  #admitFilter(userId: string, filtered: Filtered | undefined): () => void {
    if (filtered === undefined) return () => undefined;
    const leave = this.#filters.admit(userId, filtered);
    if (leave !== undefined) return leave;
    this.#statistics.refused.filters += 1;
    throw new TooManyStreamsError(
      'TOO_MANY_REQUESTS',
      `you watch this project with ${this.#most.filtersPerTopic} different filters, which are the most: ` +
        'close a stream, or ask for a filter that is open already',
    );
  }
}

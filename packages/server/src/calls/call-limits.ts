import { TaskwireError } from '@taskwire/protocol';
import { UserCounts } from '../user-counts.ts';

/** Counts of calls by outcome. Plain numbers, because they change often. */
export class CallStatistics {
  /** Admitted calls that have not ended. */
  inFlight = 0;
  /** Works that wait for their turn at the database. */
  waiting = 0;
  /** Requests that were refused, by reason. */
  readonly refused = { user: 0, process: 0, unauthenticated: 0 };
}

/** Limits of the calls in flight. */
export interface MostCalls {
  perUser: number;
  perProcess: number;
}

/** Counts the calls in flight of each user, each call of a batch as one, and refuses calls beyond the limits. */
export class CallLimits {
  readonly #most: MostCalls;
  readonly #statistics: CallStatistics;
  readonly #inFlight = new UserCounts();

  constructor(most: MostCalls, statistics: CallStatistics) {
    this.#most = most;
    this.#statistics = statistics;
  }

  /**
   * Takes places for all calls of a request, or for none.
   * @returns a function that frees the places, once.
   * @throws TaskwireError TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admit(userId: string, calls: number): () => void {
    const inFlight = this.#inFlight.of(userId);
    const { perUser, perProcess } = this.#most;
    if (inFlight + calls > perUser) {
      this.#statistics.refused.user += 1;
      const message = `you have ${inFlight} calls in flight and ask for ${calls} more; ${perUser} are the most: wait for answers first`;
      throw new TaskwireError('TOO_MANY_REQUESTS', message);
    }
    if (this.#inFlight.total + calls > perProcess) {
      this.#statistics.refused.process += 1;
      throw new TaskwireError('SERVICE_UNAVAILABLE', 'the server has as many calls in flight as it takes; try again');
    }
    const giveBack = this.#inFlight.take(userId, calls);
    this.#statistics.inFlight = this.#inFlight.total;
    return () => {
      giveBack();
      this.#statistics.inFlight = this.#inFlight.total;
    };
  }
}

import { unauthenticated, type CallContext } from '@taskwire/router';
import type { StreamLimits } from '../streams/limits/stream-limits.ts';
import { CallLimits, CallStatistics, type MostCalls } from './call-limits.ts';
import { fairPorts } from './fair-ports.ts';
import { FairTurns } from './fair-turns.ts';
import type { RequestedCalls } from './requested-calls.ts';

/** Most works that use the database at once, over all users: fewer than its pool has connections. */
const TURNS = 8;
/** Most of them for one user: one user never takes all. */
const TURNS_PER_USER = 6;
/** Most waiting works for each call that a user may have in flight. A call has one or a few at a time. */
const WAITING_PER_CALL = 4;

/** Limits the calls of each user, so that no user delays the others. */
export class CallGate {
  readonly statistics = new CallStatistics();
  readonly #limits: CallLimits;
  readonly #streams: StreamLimits;
  readonly #turns: FairTurns;

  /** @param streams counts long polls as streams. */
  constructor(most: MostCalls, { streams, mostPolls }: { streams: StreamLimits; mostPolls: number }) {
    this.#limits = new CallLimits(most, this.statistics);
    this.#streams = streams;
    const mostWaitingPerUser = WAITING_PER_CALL * (most.perUser + mostPolls);
    this.#turns = new FairTurns({ most: TURNS, mostPerUser: TURNS_PER_USER, mostWaitingPerUser }, this.statistics);
  }

  /**
   * Admits a request as a whole.
   * @returns a function that frees its places.
   * @throws TaskwireError UNAUTHENTICATED for a batch without a caller; TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admit(context: CallContext, { isBatch, calls, polls }: RequestedCalls): () => void {
    const { caller } = context;
    // The router refuses a single call without a caller, which is as cheap.
    if (caller === undefined && !isBatch) return () => undefined;
    if (caller === undefined) {
      this.statistics.refused.unauthenticated += 1;
      throw unauthenticated(context);
    }
    const endCalls = this.#limits.admit(caller.userId, calls);
    try {
      const endPolls = this.#streams.admitPolls(caller.userId, polls);
      return () => {
        endCalls();
        endPolls();
      };
    } catch (error) {
      endCalls();
      throw error;
    }
  }

  /**
   * Admits one call of a request that is not known as a whole.
   * @returns a function that frees its place.
   * @throws TaskwireError TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admitCall({ caller }: CallContext): () => void {
    return caller === undefined ? () => undefined : this.#limits.admit(caller.userId, 1);
  }

  /** The same context. The caller's calls wait for their turn at the database. */
  fairContext(context: CallContext): CallContext {
    const { caller, ports } = context;
    return caller === undefined ? context : { ...context, ports: fairPorts(ports, caller.userId, this.#turns) };
  }
}

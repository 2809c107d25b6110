import { TaskwireError } from '@taskwire/protocol';
import type { Context } from '@taskwire/router';
import type { StreamLimits } from '../streams/limits/stream-limits.ts';
import { CallLimits, type MostCalls } from './call-limits.ts';
import { CallStatistics } from './call-statistics.ts';
import { fairPorts } from './fair-ports.ts';
import { FairTurns } from './fair-turns.ts';
import type { RequestedCalls } from './requested-calls.ts';

/** Works at the database at once, over all users; fewer than its pool has connections. */
const TURNS = 8;
/** Of them, what one user may have: the others are never all taken by one. */
const TURNS_PER_USER = 6;
/** Works that may wait for a turn for each call that a user may have in flight: a call has one at a time, or a few. */
const WAITING_PER_CALL = 4;

/** Bounds what the calls of one user take from the others. */
export class CallGate {
  readonly statistics = new CallStatistics();
  readonly #limits: CallLimits;
  readonly #streams: StreamLimits;
  readonly #turns: FairTurns;

  /** @param streams counts long polls, which are held as streams are. */
  constructor(most: MostCalls, { streams, mostPolls }: { streams: StreamLimits; mostPolls: number }) {
    this.#limits = new CallLimits(most, this.statistics);
    this.#streams = streams;
    const mostWaitingPerUser = WAITING_PER_CALL * (most.perUser + mostPolls);
    this.#turns = new FairTurns({ most: TURNS, mostPerUser: TURNS_PER_USER, mostWaitingPerUser }, this.statistics);
  }

  /**
   * Admits a request as a whole.
   * @returns what ends it.
   * @throws TaskwireError UNAUTHENTICATED for a batch of nobody's; TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE.
   */
  admit({ caller, refused }: Context, { isBatch, calls, polls }: RequestedCalls): () => void {
    // A single call of nobody's is refused by the router, which is as cheap.
    if (caller === undefined && !isBatch) return () => undefined;
    if (caller === undefined) {
      this.statistics.refused.unauthenticated += 1;
      throw new TaskwireError('UNAUTHENTICATED', refused ?? 'send a token: "Authorization: Bearer <token>"');
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

  /** The same context, in which the caller's calls wait for their turn at the database. */
  fairContext(context: Context): Context {
    const { caller, ports } = context;
    return caller === undefined ? context : { ...context, ports: fairPorts(ports, caller.userId, this.#turns) };
  }
}

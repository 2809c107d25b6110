import type { TaskEventDraft } from '@taskwire/protocol';
import { AppendRefusedError } from './append-refused-error.ts';
import { APPEND_STATUS } from '../scripts/append.ts';
import type { AppendReply } from './task-log.ts';

/** Which attempt writes, to which epoch of the log, and where the log stood when it began. */
export interface AttemptPlace {
  attempt: number;
  epoch: number;
  seq: number;
}

export interface AttemptWriterDependencies {
  /** Events as the append script takes them. @throws TypeError if one of them is none that readers can read. */
  encode: (events: readonly TaskEventDraft[]) => readonly string[];
  /** Puts a batch of encoded events, the n-th of the attempt, into the log. */
  send: (batch: number, encoded: readonly string[]) => Promise<AppendReply>;
}

/** Writes the events of one attempt. */
export class AttemptWriter {
  readonly attempt: number;
  readonly #dependencies: AttemptWriterDependencies;
  #batch = 0;
  #earlier: Promise<unknown> = Promise.resolve();
  #lastSeq: number;

  constructor({ attempt, seq }: AttemptPlace, dependencies: AttemptWriterDependencies) {
    this.attempt = attempt;
    this.#lastSeq = seq;
    this.#dependencies = dependencies;
  }

  /** A seq that the log is known to have had: that of the last append that was acknowledged. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /**
   * Appends events in order, in one atomic step. Calls need not wait for each other: they are written in the order in
   * which they were made. While Redis is away it waits, and what is sent again is written once.
   * @returns the seq of the last event, and whether a cancel has been asked for.
   * @throws AppendRefusedError if this attempt may write no more; TypeError, writing nothing, if an event is none that
   * readers can read.
   */
  async append(events: readonly TaskEventDraft[]): Promise<{ seq: number; canceling: boolean }> {
    const encoded = this.#dependencies.encode(events);
    this.#batch += 1;
    const earlier = this.#earlier;
    const sending = this.#deliver(this.#batch, encoded, earlier);
    this.#earlier = Promise.allSettled([earlier, sending]);
    return sending;
  }

  async #deliver(batch: number, encoded: readonly string[], earlier: Promise<unknown>) {
    const first = await this.#dependencies.send(batch, encoded);
    const reply = first.status === APPEND_STATUS.AHEAD ? await this.#deliverAfter(earlier, batch, encoded) : first;
    const { status, seq, canceling } = reply;
    if (status !== APPEND_STATUS.WRITTEN) throw new AppendRefusedError(reasonOf(status));
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    return { seq, canceling };
  }

  /** It overtook the ones before it; if it is still ahead once they are done, the log has lost what they wrote. */
  async #deliverAfter(earlier: Promise<unknown>, batch: number, encoded: readonly string[]) {
    await earlier;
    return this.#dependencies.send(batch, encoded);
  }
}

function reasonOf(status: Exclude<AppendReply['status'], typeof APPEND_STATUS.WRITTEN>): AppendRefusedError['reason'] {
  switch (status) {
    case APPEND_STATUS.ENDED:
      return 'ended';
    case APPEND_STATUS.SUPERSEDED:
      return 'superseded';
    case APPEND_STATUS.LOST:
    case APPEND_STATUS.AHEAD:
    case APPEND_STATUS.NOT_EMPTY:
      return 'lost';
    default:
      return status satisfies never;
  }
}

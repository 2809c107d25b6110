import type { TaskEventDraft } from '@taskwire/protocol';
import { AppendRefusedError } from './append-refused-error.ts';
import { APPEND_STATUS } from '../scripts/append.ts';
import type { AppendReply } from './task-log.ts';

/** Which attempt writes, to which life of the log, and where the log stood when it began. */
export interface AttemptPlace {
  attempt: number;
  life: number;
  seq: number;
}

/** Puts a batch of events, the n-th of the attempt, into the log. */
export type SendBatch = (batch: number, events: readonly TaskEventDraft[]) => Promise<AppendReply>;

/** Writes the events of one attempt. */
export class AttemptWriter {
  readonly attempt: number;
  readonly #send: SendBatch;
  #batch = 0;
  #earlier: Promise<unknown> = Promise.resolve();
  #lastSeq: number;

  constructor({ attempt, seq }: AttemptPlace, send: SendBatch) {
    this.attempt = attempt;
    this.#lastSeq = seq;
    this.#send = send;
  }

  /** A seq that the log is known to have had: that of the last append that was acknowledged. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /**
   * Appends events in order, in one atomic step. Calls need not wait for each other: they are written in the order in
   * which they were made. While Redis is away it waits, and what is sent again is written once.
   * @returns the seq of the last event, and whether a cancel has been asked for.
   * @throws AppendRefusedError if this attempt may write no more.
   */
  async append(events: readonly TaskEventDraft[]): Promise<{ seq: number; canceling: boolean }> {
    this.#batch += 1;
    const earlier = this.#earlier;
    const sending = this.#deliver(this.#batch, events, earlier);
    this.#earlier = Promise.allSettled([earlier, sending]);
    return sending;
  }

  async #deliver(batch: number, events: readonly TaskEventDraft[], earlier: Promise<unknown>) {
    const first = await this.#send(batch, events);
    const reply = first.status === APPEND_STATUS.AHEAD ? await this.#deliverAfter(earlier, batch, events) : first;
    const { status, seq, canceling } = reply;
    if (status !== APPEND_STATUS.WRITTEN) throw new AppendRefusedError(reasonOf(status));
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    return { seq, canceling };
  }

  /** It overtook the ones before it; if it is still ahead once they are done, the log has lost what they wrote. */
  async #deliverAfter(earlier: Promise<unknown>, batch: number, events: readonly TaskEventDraft[]) {
    await earlier;
    return this.#send(batch, events);
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

import type { TaskEventDraft } from '@taskwire/protocol';
import { AppendRefusedError } from './append-refused-error.ts';
import { APPEND_STATUS } from '../scripts/append.ts';
import type { AppendReply } from './task-log.ts';

/** An attempt, the epoch of the log that it writes to, and the seq of its first event. */
export interface AttemptPlace {
  attempt: number;
  epoch: number;
  seq: number;
}

export interface AttemptWriterDependencies {
  /** Events as the append script takes them. @throws TypeError if readers could not read one of them. */
  encode: (events: readonly TaskEventDraft[]) => readonly string[];
  /** Appends a batch of encoded events. Batches of an attempt count from 1. */
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

  /** Seq of the last acknowledged append: the log has had it. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /**
   * Appends events in order, in one atomic step. Calls need not wait for each other: the log has them in the order of the
   * calls. While Redis is away it waits. A batch that is sent twice is written once.
   * @returns the seq of the last event, and whether a cancel was requested.
   * @throws AppendRefusedError if this attempt may no longer write; TypeError, writing nothing, if readers could not read
   * an event.
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

  /** Sends a batch again that overtook earlier ones. If it is still ahead of them, the log has lost them. */
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

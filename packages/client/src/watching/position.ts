import {
  SequenceError,
  firstSeq,
  isTerminalMessage,
  receive,
  type SnapshotMessage,
  type TaskEvent,
  type TaskMessage,
  type TaskSnapshot,
} from '@taskwire/protocol';

/** Where a watcher stands in a task's log: what it has, and what must come next. */
export class Position {
  #cursor: number | undefined;
  #snapshot: TaskSnapshot | undefined;

  /** @param cursor the last seq that the watcher has; undefined for a new one. */
  constructor(cursor: number | undefined) {
    this.#cursor = cursor;
  }

  /** The last seq taken; undefined before the first message of a new watcher. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** The state at the cursor; undefined while a watcher that began with a cursor has had events only. */
  get snapshot(): TaskSnapshot | undefined {
    return this.#snapshot;
  }

  /**
   * Takes one message.
   * @returns whether it says anything new; a duplicate does not.
   * @throws SequenceError, taking nothing, if something is missing before it.
   */
  take(message: TaskMessage): boolean {
    const isNew = message.type === 'snapshot' ? this.#isNewSnapshot(message) : this.#isNewEvent(message);
    if (!isNew) return false;
    const known = this.#snapshot !== undefined || message.type === 'snapshot';
    if (known) this.#snapshot = receive(this.#snapshot, message);
    this.#cursor = message.seq;
    return true;
  }

  /** To a watcher with a cursor, a snapshot may only stand for what a gap names, or for the end that it stands at. */
  #isNewSnapshot(message: SnapshotMessage): boolean {
    if (this.#cursor === undefined || message.gap !== undefined) return true;
    if (message.seq !== this.#cursor) throw new SequenceError(this.#cursor + 1, message.seq);
    return isTerminalMessage(message);
  }

  #isNewEvent(event: TaskEvent): boolean {
    if (this.#cursor === undefined) throw new SequenceError(0, event.seq);
    if (event.seq <= this.#cursor) return false;
    const first = firstSeq(event);
    if (first !== this.#cursor + 1) throw new SequenceError(this.#cursor + 1, first);
    return true;
  }
}

import {
  SequenceError,
  firstSeq,
  isTerminalMessage,
  receive,
  type Gap,
  type SnapshotMessage,
  type TaskEvent,
  type TaskMessage,
  type TaskSnapshot,
} from '@taskwire/protocol';

/** A watcher's place in a task's log: its cursor, and the state there. */
export class Position {
  #cursor: number | undefined;
  #snapshot: TaskSnapshot | undefined;
  #gap: Gap | undefined;

  /** @param cursor last seq that the watcher has; undefined for a new watcher. */
  constructor(cursor: number | undefined) {
    this.#cursor = cursor;
  }

  /** Last seq taken; undefined before the first message of a new watcher. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** State at the cursor; undefined until the first snapshot of a watcher that began with a cursor. */
  get snapshot(): TaskSnapshot | undefined {
    return this.#snapshot;
  }

  /** Latest gap: events that are gone; the snapshot stands in for them. */
  get gap(): Gap | undefined {
    return this.#gap;
  }

  /**
   * Takes one message.
   * @returns whether it is new; false for a duplicate.
   * @throws SequenceError, changing nothing, if a message before it is missing.
   */
  take(message: TaskMessage): boolean {
    const isNew = message.type === 'snapshot' ? this.#isNewSnapshot(message) : this.#isNewEvent(message);
    if (!isNew) return false;
    const known = this.#snapshot !== undefined || message.type === 'snapshot';
    if (known) this.#snapshot = receive(this.#snapshot, message);
    this.#cursor = message.seq;
    if (message.type === 'snapshot') this.#gap = message.gap ?? this.#gap;
    return true;
  }

  /** A watcher with a cursor accepts a snapshot only with a gap, or as the end of the task at its cursor. */
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

import { saveTaskSnapshot } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { advance, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import { archiveLog } from './archive-log.ts';
import type { RetentionDependencies } from './retention-dependencies.ts';

class Stopped extends Error {}

/** Folds the log of one task as it grows, and persists the state. */
export class SnapshotSaver {
  readonly #dependencies: RetentionDependencies;
  readonly #task: TaskAddress;
  #head: TaskSnapshot;
  #savedSeq = 0;
  #stopped = false;

  constructor(dependencies: RetentionDependencies, task: TaskAddress, head: TaskSnapshot) {
    this.#dependencies = dependencies;
    this.#task = task;
    this.#head = head;
  }

  /** Seq of the last event in the state that was persisted here. */
  get savedSeq(): number {
    return this.#savedSeq;
  }

  /** Ends a save that is under way at its next page. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Archives new events, then persists the state, then trims the log. Wherever this breaks off, each trimmed event is
   * persisted, and the next save continues from there (MUST 6).
   * @throws if PostgreSQL or Redis fails, or the log does not continue the events that were folded so far.
   */
  async save(): Promise<void> {
    const { database, eventLog, retention } = this.#dependencies;
    try {
      await archiveLog(this.#dependencies, this.#task, (page) => this.#fold(page));
    } catch (error) {
      if (error instanceof Stopped) return;
      throw error;
    }
    const head = this.#head;
    await saveTaskSnapshot(database, head);
    this.#savedSeq = head.seq;
    const through = head.seq - retention.logKeptEvents;
    if (through > 0) await eventLog.trim(this.#task, through);
  }

  #fold(page: readonly TaskEvent[]): void {
    if (this.#stopped) throw new Stopped();
    for (const event of page) {
      if (event.seq > this.#head.seq) this.#head = advance(this.#head, event);
    }
  }
}

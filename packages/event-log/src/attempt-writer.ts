import type { TaskEventDraft } from '@taskwire/protocol';
import { APPEND_STATUS } from './append-script.ts';
import { AppendRefusedError } from './append-refused-error.ts';
import type { TaskAddress } from './keys.ts';
import type { TaskLog } from './task-log.ts';

/** Writes the events of one attempt. */
export class AttemptWriter {
  readonly attempt: number;
  readonly #log: TaskLog;
  readonly #task: TaskAddress;
  #batch = 0;

  constructor(log: TaskLog, task: TaskAddress, attempt: number) {
    this.#log = log;
    this.#task = task;
    this.attempt = attempt;
  }

  /**
   * Appends events in order, in one atomic step. Calls need not wait for each other: they are written in the order in
   * which they were made. While Redis is away it waits, and what is sent again is written once.
   * @returns the seq of the last event, and whether a cancel has been asked for.
   * @throws AppendRefusedError if this attempt may write no more.
   */
  async append(events: readonly TaskEventDraft[]): Promise<{ seq: number; canceling: boolean }> {
    this.#batch += 1;
    const author = { mode: 'attempt', attempt: this.attempt, batch: this.#batch } as const;
    const { status, seq, canceling } = await this.#log.append(this.#task, author, events);
    switch (status) {
      case APPEND_STATUS.WRITTEN:
        return { seq, canceling };
      case APPEND_STATUS.ENDED:
        throw new AppendRefusedError('ended');
      case APPEND_STATUS.SUPERSEDED:
        throw new AppendRefusedError('superseded');
      case APPEND_STATUS.LOST:
      case APPEND_STATUS.NOT_EMPTY:
        throw new AppendRefusedError('lost');
      default:
        return status satisfies never;
    }
  }
}

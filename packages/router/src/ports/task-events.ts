import type { TaskEventDraft, TaskMessage, TaskSnapshot } from '@taskwire/protocol';

/** Names a task's log. */
export interface TaskAddress {
  taskId: string;
  projectId: string;
}

/** What became of an append that no attempt makes: `ended` means that the log is closed, and nothing was written. */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' };

/** The logs of tasks, as far as procedures need them. */
export interface TaskEvents {
  /** Writes the first event of a log; `not-empty` if there is one already. */
  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome>;
  /** Writes an event that no attempt makes (cancel) under whatever attempt is current. */
  append(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' }>): Promise<AppendOutcome>;
  /** The fold of the whole log. */
  snapshot(task: TaskAddress): Promise<TaskSnapshot>;
  /** Lets an ended task's log expire; its last state must be recorded by then. */
  expire(task: TaskAddress, afterSeconds: number): Promise<void>;
  /**
   * Every message of a task after a cursor, then live, until the terminal one (MUSTs 1 to 7).
   * Without a cursor the first message is a snapshot. Ends quietly when `signal` aborts.
   * @throws TaskwireError SERVICE_UNAVAILABLE when the server drains: the watcher comes back with its cursor.
   */
  follow(task: TaskAddress, cursor: number | undefined, signal: AbortSignal): AsyncIterable<TaskMessage>;
}

import type {
  TaskEvent,
  TaskEventDraft,
  TaskEventType,
  TaskMessage,
  TaskSnapshot,
  TopicMessage,
} from '@taskwire/protocol';

/** Names a task's log, and the topics that its events go to. */
export interface TaskAddress {
  taskId: string;
  projectId: string;
  ownerId: string;
}

/** The address and kind of a watched task. */
export interface WatchedTask extends TaskAddress {
  kind: string;
}

/** Names a topic: a project, or all tasks of an owner. */
export type TopicAddress = { projectId: string; ownerId?: never } | { ownerId: string; projectId?: never };

/** Selects events of a topic. An absent list means no restriction. */
export interface TopicFilter {
  stages?: readonly string[];
  types?: readonly TaskEventType[];
}

/**
 * Outcome of an append outside an attempt. `ended`: the log is closed. `lost`: Redis has no such log. Nothing was
 * written in either case.
 */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' | 'lost' };

/** The logs of tasks, for procedures. */
export interface TaskEvents {
  /** Writes the first event of a log; `not-empty` if there is one already. */
  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome>;
  /** Writes an event outside an attempt (cancel), under the current attempt's number. */
  append(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' }>): Promise<AppendOutcome>;
  /** The fold of the whole log. */
  snapshot(task: TaskAddress): Promise<TaskSnapshot>;
  /** At most `limit` events after `afterSeq` that Redis still has, in order. */
  read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]>;
  /** Lets an ended task's log expire; its last state must be recorded by then. */
  expire(task: TaskAddress, afterSeconds: number): Promise<void>;
  /** Removes the log of a deleted task. May be repeated. */
  remove(task: TaskAddress): Promise<void>;
  /** Removes the topic of a deleted project. May be repeated. */
  removeProject(project: { projectId: string; ownerId: string }): Promise<void>;
  /**
   * Every message of a task after a cursor, then live, until the terminal one (MUSTs 1 to 7).
   * Without a cursor the first message is a snapshot. Ends quietly when `signal` aborts.
   * @throws TaskwireError SERVICE_UNAVAILABLE when the server drains: the watcher comes back with its cursor.
   */
  follow(task: WatchedTask, cursor: number | undefined, signal: AbortSignal): AsyncIterable<TaskMessage>;
  /**
   * The messages after a cursor that are there now, as `follow` yields them. If there are none, it waits up to `waitMs`
   * for the first ones. Empty if none came; empty at once for a cursor at the end of an ended task.
   */
  poll(
    task: TaskAddress,
    cursor: number | undefined,
    wait: { waitMs: number; signal: AbortSignal },
  ): Promise<readonly TaskMessage[]>;
  /** The same as `follow` for a topic, whose numbering is its own and which never ends by itself. */
  followTopic(
    topic: TopicAddress,
    from: { cursor: number | undefined; filter?: TopicFilter },
    signal: AbortSignal,
  ): AsyncIterable<TopicMessage>;
}

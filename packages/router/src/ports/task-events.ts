import type {
  TaskEvent,
  TaskEventDraft,
  TaskEventType,
  TaskMessage,
  TaskSnapshot,
  TopicMessage,
} from '@taskwire/protocol';

/** Names a task's log, and the topics that tell of it. */
export interface TaskAddress {
  taskId: string;
  projectId: string;
  ownerId: string;
}

/** A task that is to be watched. */
export interface WatchedTask extends TaskAddress {
  kind: string;
}

/** Names a topic: a project, or all tasks of an owner. */
export type TopicAddress = { projectId: string; ownerId?: never } | { ownerId: string; projectId?: never };

/** Which events of a topic a watcher wants; what is absent limits nothing. */
export interface TopicFilter {
  stages?: readonly string[];
  types?: readonly TaskEventType[];
}

/**
 * What became of an append that no attempt makes: `ended` means that the log is closed, `lost` that Redis has no such
 * log (any more); either way nothing was written.
 */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' | 'lost' };

/** The logs of tasks, as far as procedures need them. */
export interface TaskEvents {
  /** Writes the first event of a log; `not-empty` if there is one already. */
  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome>;
  /** Writes an event that no attempt makes (cancel) under whatever attempt is current. */
  append(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' }>): Promise<AppendOutcome>;
  /** The fold of the whole log. */
  snapshot(task: TaskAddress): Promise<TaskSnapshot>;
  /** At most `limit` events after `afterSeq`, in order, of those that Redis still has. */
  read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]>;
  /** Lets an ended task's log expire; its last state must be recorded by then. */
  expire(task: TaskAddress, afterSeconds: number): Promise<void>;
  /** Removes the log of a task that is deleted. May be repeated. */
  remove(task: TaskAddress): Promise<void>;
  /** Removes the topic of a project that is deleted. May be repeated. */
  removeProject(project: { projectId: string; ownerId: string }): Promise<void>;
  /**
   * Every message of a task after a cursor, then live, until the terminal one (MUSTs 1 to 7).
   * Without a cursor the first message is a snapshot. Ends quietly when `signal` aborts.
   * @throws TaskwireError SERVICE_UNAVAILABLE when the server drains: the watcher comes back with its cursor.
   */
  follow(task: WatchedTask, cursor: number | undefined, signal: AbortSignal): AsyncIterable<TaskMessage>;
  /**
   * The messages after a cursor that are there now, as `follow` would give them; if there are none, waits up to
   * `waitMs` for the first. Empty if none came, and at once for a cursor at the end of an ended task.
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

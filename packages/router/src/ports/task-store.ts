import type { TaskEvent, TaskFailure, TaskSnapshot, TaskStatus } from '@taskwire/protocol';
import type { JsonValue } from '@taskwire/tasks';

/** A task as it is kept in PostgreSQL. Times are milliseconds since 1970. */
export interface StoredTask {
  taskId: string;
  ownerId: string;
  projectId: string;
  kind: string;
  input: unknown;
  priority: number;
  /** The ended task that this one repeats. */
  retryOf?: string;
  /** Longest run time (ms); if absent, the limit of the kind. */
  timeoutMs?: number;
  status: TaskStatus;
  attempt: number;
  percent: number;
  output?: unknown;
  error?: TaskFailure;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

export interface NewTask {
  ownerId: string;
  projectId: string;
  kind: string;
  /** In its stored form: see `storedForm`. */
  input: JsonValue;
  /** Ids of the task's uploads, each once. They are kept as long as its row. */
  uploads: readonly string[];
  priority: number;
  timeoutMs?: number;
  /** The ended task whose remembered stage results this one takes over. */
  retryOf?: string;
  idempotencyKey?: string;
}

/** A place in a list ordered by creation, newest first. */
export interface ListPosition {
  createdAt: number;
  id: string;
}

export interface TaskListQuery {
  ownerId: string;
  kind?: string;
  status?: readonly TaskStatus[];
  projectId?: string;
  after?: ListPosition;
  limit: number;
}

/** The lasting record of tasks. */
export interface TaskStore {
  /**
   * Writes a task's row. If the owner has a task with the same idempotency key, that one is returned with
   * `created: false` and nothing is written; two at once end with one row. Stage results of `retryOf` are copied in the
   * same transaction.
   * @throws TaskwireError INVALID_INPUT if one of its uploads is gone.
   */
  create(task: NewTask): Promise<{ task: StoredTask; created: boolean }>;
  find(taskId: string): Promise<StoredTask | undefined>;
  /** Newest first, at most `limit` of them. */
  list(query: TaskListQuery): Promise<StoredTask[]>;
  /** At most `limit` archived events after `afterSeq`, in order; `fromSeq` of a merged one is the first seq that it stands for. */
  history(taskId: string, page: { afterSeq: number; limit: number }): Promise<TaskEvent[]>;
  /**
   * Deletes the ended ones of these tasks with all that belongs to them. May be repeated.
   * @returns the ids of the deleted tasks, and of the uploads that they used.
   */
  deleteEnded(taskIds: readonly string[]): Promise<{ taskIds: string[]; uploadIds: string[] }>;
  /** Records the request for a cancel. Does nothing to an ended task. */
  markCanceling(taskId: string): Promise<void>;
  /** Writes the end that a task's log has. May be repeated. */
  recordEnd(snapshot: TaskSnapshot): Promise<void>;
}

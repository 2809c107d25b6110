import type { TaskStatus } from '@taskwire/protocol';
import type { DefinitionOf, TaskInput, TaskReference, TaskRequestOptions, TaskSelection } from '@taskwire/tasks';
import type { Page } from '../transport/answers.ts';
import type { HistoryOptions } from '../watching/task-history.ts';
import type { SelectedEvent, SelectedMessage, SelectedTask } from './selected-types.ts';

/** Options of a call that answers with a task. */
export interface TaskOptions<Selection extends TaskSelection = undefined> {
  /** The task's kind, or a list of kinds: the answer is checked against it and has its types. */
  task?: Selection;
}

export interface ListOptions<Selection extends TaskSelection = undefined> {
  /** One kind: only its tasks. A list of kinds: tasks of all kinds, those of other kinds as `UnknownTask`. */
  task?: Selection;
  status?: readonly TaskStatus[] | undefined;
  projectId?: string | undefined;
  /** Largest number of tasks: 1 to 100; absent: 20. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface RetryOptions<Selection extends TaskSelection = undefined> extends TaskOptions<Selection> {
  /** A second retry with the same key answers with the task of the first. */
  idempotencyKey?: string | undefined;
}

export interface PollOptions<Selection extends TaskSelection = undefined> {
  /** The task's kind, or a list of kinds: the messages have its types. */
  task?: Selection;
  lastEventId?: string | undefined;
  /** Longest time (ms) to wait for the first message: 0 to 30,000. */
  waitMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Answer of a poll; `lastEventId` is the cursor of the next one. */
export interface PollAnswer<Selection extends TaskSelection = undefined> {
  messages: SelectedMessage<Selection>[];
  lastEventId: string;
  /** Nothing comes any more: do not poll again. */
  ended: boolean;
}

/** All calls for tasks. They throw TaskwireClientErrors only. */
export interface TaskCalls {
  /** Creates a task. A definition is checked against its schema first. The reference types input and answer. */
  create<const Reference extends TaskReference>(
    task: Reference,
    input: TaskInput<DefinitionOf<Reference>>,
    options?: TaskRequestOptions,
  ): Promise<SelectedTask<Reference>>;
  /**
   * One task of the caller, as the server has stored it. The end is stored shortly after its message: right after the
   * end of a watch, `status` may still be `running`. `watchTask` and `poll` have the end at once.
   */
  get<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: TaskOptions<Selection>,
  ): Promise<SelectedTask<Selection>>;
  /** The tasks of the caller, newest first, a page at a time. */
  list<const Selection extends TaskSelection = undefined>(
    options?: ListOptions<Selection>,
  ): Promise<Page<SelectedTask<Selection>>>;
  /** Requests a cancel and answers with the task after it. Canceling an ended task changes nothing. */
  cancel<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: TaskOptions<Selection>,
  ): Promise<SelectedTask<Selection>>;
  /**
   * Runs an ended task again, as a new task with its input and the results of its finished stages. CONFLICT if it has
   * not ended.
   */
  retry<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: RetryOptions<Selection>,
  ): Promise<SelectedTask<Selection>>;
  /**
   * Deletes an ended task, with its history, its results and the uploads that no other task uses. CONFLICT if it has not
   * ended: cancel it first.
   */
  delete(taskId: string): Promise<void>;
  /** The present events of a task, in order. Neighbouring tokens, progress and data may be merged (`fromSeq`). */
  history<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: HistoryOptions<Selection>,
  ): AsyncIterable<SelectedEvent<Selection>>;
  /**
   * One long poll, for networks that break streams: the messages of `watchTask` after `lastEventId`. If there is none, the
   * server waits up to `waitMs` (20,000). Poll again with the answer's `lastEventId` until `ended` is true.
   */
  poll<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: PollOptions<Selection>,
  ): Promise<PollAnswer<Selection>>;
}

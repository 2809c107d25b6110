import type { TopicMessage } from '@taskwire/protocol';
import type {
  AppRouter,
  KindTask as Task,
  ShippedPollAnswer as PollAnswer,
  ShippedTaskEvent as TypedTaskEvent,
} from '@taskwire/router';
import type { AnyKind, TaskKind, TaskMessage, TaskRequestInput } from '@taskwire/tasks';
import type { TRPCClient, TRPCLink } from '@trpc/client';
import type { TaskStore } from './store/task-store.ts';
import type { UploadOptions } from './transport/rest.ts';
import type { ServerConfig, SignIn, Upload } from './transport/shapes.ts';
import type { TransportSettings } from './transport/transport.ts';
import type { HistoryOptions } from './watching/task-history.ts';
import type { WatchOptions } from './watching/watch-task.ts';
import type { ProjectWatchOptions, TopicWatchOptions } from './watching/watch-topic.ts';

/** URL of the server, the caller's token and, for tests or proxies, another `fetch`. */
export type ClientSettings = TransportSettings;

export interface PollOptions {
  lastEventId?: string | undefined;
  /** Longest time (ms) to wait for the first message: 0 to 30,000. */
  waitMs?: number;
  signal?: AbortSignal;
}

/** All calls and watches of one caller at one server. Its own methods throw TaskwireClientErrors only. */
export interface TaskwireClient {
  /** Absolute, without a slash at the end. */
  readonly url: string;
  /** The typed tRPC client itself; it throws TRPCClientErrors (see `toClientError`). */
  readonly trpc: TRPCClient<AppRouter>;
  /** The links of `trpc`, for `@trpc/react-query`. */
  readonly links: TRPCLink<AppRouter>[];
  /** Creates a task. `kind` types the input and the answer. */
  createTask<Kind extends TaskKind>(request: TaskRequestInput<Kind>): Promise<Task<Kind>>;
  /**
   * Every message of a task, once and in order. The iteration ends after the terminal message. A lost connection
   * reconnects by itself, at the cursor. Leaving the loop, or aborting `signal`, closes the stream; it never cancels the
   * task. Each iteration is its own watch. Messages that a slow reader has not taken wait in memory, without a bound.
   * @throws TaskwireClientError (from the iteration) if reconnecting cannot help: no such task, a refused token, …
   */
  watchTask<Kind extends AnyKind = AnyKind>(
    taskId: string,
    options?: WatchOptions<Kind>,
  ): AsyncIterable<TaskMessage<Kind>>;
  /**
   * All tasks of a project: a snapshot of the unfinished tasks, then each event that matches `stages` and `types`, by the
   * rules of `watchTask`. `skipped` messages only move the cursor. The iteration ends when the reader leaves.
   */
  watchProject(projectId: string, options?: ProjectWatchOptions): AsyncIterable<TopicMessage>;
  /** All tasks of the caller: their life-cycle events, and at most one progress for each task and second. */
  watchAny(options?: TopicWatchOptions): AsyncIterable<TopicMessage>;
  /**
   * Runs an ended task again, as a new task with its input and the results of its finished stages. CONFLICT if it has
   * not ended.
   */
  retryTask(taskId: string, options?: { idempotencyKey?: string }): Promise<Task>;
  /**
   * Deletes an ended task, with its history, its results and the uploads that no other task uses. CONFLICT if it has not
   * ended: cancel it first.
   */
  deleteTask(taskId: string): Promise<void>;
  /** Deletes a project with all its tasks. CONFLICT if one of them has not ended. */
  deleteProject(projectId: string): Promise<void>;
  /**
   * Replaces a document's file by an upload. When the returned task is done, the document has the new text under the same
   * id. Until then, searches find the old text.
   */
  replaceDocument(documentId: string, uploadId: string): Promise<Task>;
  /** Deletes a document with its text, and its file if nothing else uses it. CONFLICT while a task reads it. */
  deleteDocument(documentId: string): Promise<void>;
  /** The present events of a task, in order. Neighbouring tokens, progress and data may be merged (`fromSeq`). */
  taskHistory(taskId: string, options?: HistoryOptions): AsyncIterable<TypedTaskEvent>;
  /**
   * One long poll, for networks that break streams: the messages of `watchTask` after `lastEventId`. If there is none, the
   * server waits up to `waitMs` (20,000). Poll again with the answer's `lastEventId` until `ended` is true.
   */
  pollTask(taskId: string, options?: PollOptions): Promise<PollAnswer>;
  /** Uploads a file for the input of a task. */
  upload(file: Blob, options: UploadOptions): Promise<Upload>;
  config(): Promise<ServerConfig>;
  /**
   * Signs in at a development server. NOT_FOUND at any other server.
   * @param code the code in the link that the server prints when it starts.
   */
  signIn(name: string, code: string): Promise<SignIn>;
  /** The task's one store in this client. `kind` types it and is checked. */
  taskStore<Kind extends AnyKind = AnyKind>(taskId: string, options?: { kind?: Kind | undefined }): TaskStore<Kind>;
  /** Closes every stream. Watches end without an error. */
  close(): void;
}

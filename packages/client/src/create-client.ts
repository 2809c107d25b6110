import type { TopicMessage } from '@taskwire/protocol';
import type { AppRouter, PollAnswer, Task, TypedTaskEvent } from '@taskwire/router';
import type { AnyKind, TaskKind, TaskMessage, TaskRequestInput } from '@taskwire/tasks';
import { createTRPCClient, type TRPCClient, type TRPCLink } from '@trpc/client';
import { createTask } from './create-task.ts';
import { createLinks } from './transport/links.ts';
import { fetchConfig, signIn, upload, type UploadOptions } from './transport/rest.ts';
import type { ServerConfig, SignIn, Upload } from './transport/shapes.ts';
import { StoreRegistry } from './store/store-registry.ts';
import { readHistory, type HistoryOptions } from './watching/task-history.ts';
import type { TaskStore } from './store/task-store.ts';
import { toClientError } from './errors/to-client-error.ts';
import { createTransport, type TransportSettings } from './transport/transport.ts';
import { openTaskWatch, type WatchOptions } from './watching/watch-task.ts';
import {
  openAnyWatch,
  openProjectWatch,
  type ProjectWatchOptions,
  type TopicWatchOptions,
} from './watching/watch-topic.ts';

/** Where the server is, who calls, and (for tests, proxies, …) another `fetch`. */
export type ClientSettings = TransportSettings;

export interface PollOptions {
  lastEventId?: string | undefined;
  /** 0 to 30,000. */
  waitMs?: number;
  signal?: AbortSignal;
}

/** Everything that one caller does at one server. Whatever its own methods throw is a TaskwireClientError. */
export interface TaskwireClient {
  /** Absolute, without a slash at the end. */
  readonly url: string;
  /** The typed tRPC client itself; it throws TRPCClientErrors (see `toClientError`). */
  readonly trpc: TRPCClient<AppRouter>;
  /** What `trpc` was made of, for `@trpc/react-query`. */
  readonly links: TRPCLink<AppRouter>[];
  /** Creates a task; input and answer are typed by `kind`. */
  createTask<Kind extends TaskKind>(request: TaskRequestInput<Kind>): Promise<Task<Kind>>;
  /**
   * Every message of a task once and in order, up to the terminal one, after which the iteration ends. Lost connections
   * come back by themselves, from the cursor. Leaving the loop, or aborting `signal`, closes the stream; it never
   * cancels the task. Each iteration is a watch of its own. A reader slower than the messages come holds those that
   * wait in memory, without a bound.
   * @throws TaskwireClientError (from the iteration) when coming back cannot help: no such task, a token refused, …
   */
  watchTask<Kind extends AnyKind = AnyKind>(
    taskId: string,
    options?: WatchOptions<Kind>,
  ): AsyncIterable<TaskMessage<Kind>>;
  /**
   * All tasks of a project: a snapshot of the unfinished ones, then every event that `stages` and `types` let through,
   * under the same rules as `watchTask`. `skipped` messages only move the cursor. Ends when the reader leaves.
   */
  watchProject(projectId: string, options?: ProjectWatchOptions): AsyncIterable<TopicMessage>;
  /** The same for all tasks of the caller's: life-cycle events, and at most one progress per task and second. */
  watchAny(options?: TopicWatchOptions): AsyncIterable<TopicMessage>;
  /**
   * Does an ended task again, as a new task that takes over its input and what its finished stages resulted in.
   * CONFLICT if it has not ended.
   */
  retryTask(taskId: string, options?: { idempotencyKey?: string }): Promise<Task>;
  /**
   * Deletes an ended task with its history, its results and the uploads that no other task uses. CONFLICT if it has not
   * ended: cancel it first.
   */
  deleteTask(taskId: string): Promise<void>;
  /** Deletes a project with all its tasks. CONFLICT while one of them has not ended. */
  deleteProject(projectId: string): Promise<void>;
  /**
   * Reads an uploaded file in a document's place: once the task is done, the document has the new text under the same
   * id. Until then the old text is found.
   */
  replaceDocument(documentId: string, uploadId: string): Promise<Task>;
  /** Deletes a document with its text, and its file if nothing else uses that. CONFLICT while a task reads it. */
  deleteDocument(documentId: string): Promise<void>;
  /** Every event of a task that there is now, in order; neighbouring tokens and progress may be merged (`fromSeq`). */
  taskHistory(taskId: string, options?: HistoryOptions): AsyncIterable<TypedTaskEvent>;
  /**
   * One long poll, for networks that break streams: the same messages as `watchTask`, after `lastEventId`. Waits up to
   * `waitMs` (20,000) if there is none. Poll on with the answer's `lastEventId` until it says `ended`.
   */
  pollTask(taskId: string, options?: PollOptions): Promise<PollAnswer>;
  /** Sends a file for a task to work on. */
  upload(file: Blob, options: UploadOptions): Promise<Upload>;
  config(): Promise<ServerConfig>;
  /**
   * The development sign-in. NOT_FOUND if the server has none.
   * @param code what the server prints when it starts, in a link.
   */
  signIn(name: string, code: string): Promise<SignIn>;
  /** One store for each task and client, shared while anybody subscribes; typed by `kind`, which is then checked. */
  taskStore<Kind extends AnyKind = AnyKind>(taskId: string, options?: { kind?: Kind | undefined }): TaskStore<Kind>;
  /** Ends every watch and closes every stream; watches end quietly. */
  close(): void;
}

/**
 * A client for the server at `url`, for browsers and Node.
 * @throws TaskwireClientError INVALID_INPUT if `url` is not a URL.
 */
export function createTaskwireClient(settings: ClientSettings): TaskwireClient {
  const transport = createTransport(settings);
  const links = createLinks(transport);
  const trpc = createTRPCClient<AppRouter>({ links });
  const stores = new StoreRegistry(trpc);
  const running = new Set<() => void>();
  const source = { trpc, running };
  return {
    url: transport.url,
    trpc,
    links,
    createTask: (request) => explained(() => createTask(trpc, request)),
    watchTask: (taskId, options = {}) => watching(() => openTaskWatch(source, taskId, options)),
    watchProject: (projectId, options = {}) => watching(() => openProjectWatch(source, projectId, options)),
    watchAny: (options = {}) => watching(() => openAnyWatch(source, options)),
    retryTask: (taskId, options) => explained(() => trpc.task.retry.mutate({ taskId, ...options })),
    deleteTask: (taskId) =>
      explained(async () => {
        await trpc.task.delete.mutate({ taskId });
      }),
    deleteProject: (projectId) =>
      explained(async () => {
        await trpc.project.delete.mutate({ projectId });
      }),
    replaceDocument: (documentId, uploadId) =>
      explained(() => trpc.document.replace.mutate({ documentId, uploadId, idempotencyKey: uploadId })),
    deleteDocument: (documentId) =>
      explained(async () => {
        await trpc.document.delete.mutate({ documentId });
      }),
    taskHistory: (taskId, options = {}) => explainedEach(readHistory(trpc, taskId, options)),
    pollTask: (taskId, { signal, ...options } = {}) =>
      explained(() => trpc.task.poll.query({ taskId, ...options }, signal === undefined ? {} : { signal })),
    upload: (file, options) => explained(() => upload(transport, file, options)),
    config: () => explained(() => fetchConfig(transport)),
    signIn: (name, code) => explained(() => signIn(transport, name, code)),
    taskStore: (taskId, options) => stores.get(taskId, options?.kind),
    close() {
      for (const stop of [...running]) stop();
      stores.close();
    },
  };
}

async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toClientError(error);
  }
}

async function* explainedEach<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    throw toClientError(error);
  }
}

/** Each iteration is a watch of its own. */
function watching<Message>(open: () => AsyncIterator<Message, undefined>): AsyncIterable<Message> {
  return {
    [Symbol.asyncIterator]() {
      try {
        return open();
      } catch (error) {
        throw toClientError(error);
      }
    },
  };
}

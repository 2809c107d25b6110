import type { TopicMessage } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { TaskSelection } from '@taskwire/tasks';
import type { TRPCClient, TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import type { TaskStore } from './store/task-store.ts';
import type { SelectedMessage } from './tasks/selected-types.ts';
import type { TaskCalls, TaskOptions } from './tasks/task-calls.ts';
import type { KindDescription } from './transport/answers.ts';
import type { UploadOptions } from './transport/rest.ts';
import type { ServerConfig, SignIn, Upload } from './transport/shapes.ts';
import type { TransportSettings } from './transport/transport.ts';
import type { WatchOptions } from './watching/watch-task.ts';
import type { ProjectWatchOptions, TopicWatchOptions } from './watching/watch-topic.ts';

/** Any router of a server. */
export type AnyRouter = AnyTRPCRouter;

/** URL of the server, the caller's token or cookies and, for tests or proxies, another `fetch`. */
export interface ClientSettings extends TransportSettings {
  /**
   * Path of Taskwire's procedures in the server's router, with dots: `taskwire` for
   * `router({ ...mine, taskwire: taskwire.router })`.
   */
  procedurePath?: string | undefined;
}

/** All calls and watches of one caller at one server, for every router. Its methods throw TaskwireClientErrors only. */
export interface TaskwireCalls {
  /** Absolute, without a slash at the end. */
  readonly url: string;
  /** Path of Taskwire's procedures in the server's router: `[]`, or `['taskwire']`. */
  readonly procedurePath: readonly string[];
  readonly tasks: TaskCalls;
  /**
   * Every message of a task, once and in order. The iteration ends after the terminal message. A lost connection
   * reconnects by itself, at the cursor. Leaving the loop, or aborting `signal`, closes the stream; it never cancels the
   * task. Each iteration is its own watch. Messages that a slow reader has not taken wait in memory, without a bound.
   * @throws TaskwireClientError (from the iteration) if reconnecting cannot help: no such task, a refused token, …
   */
  watchTask<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: WatchOptions<Selection>,
  ): AsyncIterable<SelectedMessage<Selection>>;
  /**
   * All tasks of a project: a snapshot of the unfinished tasks, then each event that matches `stages` and `types`, by the
   * rules of `watchTask`. `skipped` messages only move the cursor. The iteration ends when the reader leaves.
   */
  watchProject(projectId: string, options?: ProjectWatchOptions): AsyncIterable<TopicMessage>;
  /** All tasks of the caller: their life-cycle events, and at most one progress for each task and second. */
  watchAny(options?: TopicWatchOptions): AsyncIterable<TopicMessage>;
  /** Deletes a project with all its tasks. CONFLICT if one of them has not ended. */
  deleteProject(projectId: string): Promise<void>;
  /** Uploads a file for the input of a task. */
  upload(file: Blob, options?: UploadOptions): Promise<Upload>;
  config(): Promise<ServerConfig>;
  /** The kinds that the server offers, with the JSON schemas of their inputs. NOT_FOUND from servers before 2026-12. */
  kinds(): Promise<KindDescription[]>;
  /**
   * Signs in at a development server. NOT_FOUND at any other server.
   * @param code the code in the link that the server prints when it starts.
   */
  signIn(name: string, code: string): Promise<SignIn>;
  /** The task's one store in this client, for each selection of kinds. */
  taskStore<const Selection extends TaskSelection = undefined>(
    taskId: string,
    options?: TaskOptions<Selection>,
  ): TaskStore<Selection>;
  /** Closes every stream. Watches end without an error. */
  close(): void;
}

/** A client with the procedures of a server's router. */
export interface TaskwireClient<Router extends AnyRouter = AppRouter> extends TaskwireCalls {
  /** The typed tRPC client itself; it throws TRPCClientErrors (see `toClientError`). */
  readonly trpc: TRPCClient<Router>;
  /** The links of `trpc`, for another tRPC client. */
  readonly links: TRPCLink<Router>[];
}

import { randomUUID } from 'node:crypto';
import { createLogger, environmentOrExit, type Stoppable } from '@taskwire/process-kit';
import { textProblem } from '@taskwire/protocol';
import type { WorkerTimings } from '@taskwire/queue';
import type { AnyTaskDefinition, TaskList } from '@taskwire/tasks';
import type { Logger } from 'pino';
import type { TaskHandler } from './context/handler.ts';
import { readSettings, type Environment } from './env.ts';
import type { SettingOptions } from './options.ts';
import { endOnFailedStart, OwnProcess } from './starting/own-process.ts';
import { checkHandlers } from './starting/check-handlers.ts';
import type { WorkerExtension } from './extension.ts';
import { startWorker, type RunningWorker } from './worker.ts';

/** Longest name of a worker (UTF-16 units). */
const LONGEST_NAME = 100;

/** Options of a worker. Each setting may also come from the environment; options win. */
export interface TaskwireWorkerOptions<
  Handlers extends readonly TaskHandler[] = readonly TaskHandler[],
  Tasks extends TaskList = TaskList,
> extends SettingOptions {
  /** The kinds that this worker runs. Tasks of other kinds wait for another worker. */
  handlers: Handlers;
  /** All kinds that must have a handler here. */
  tasks?: Tasks | undefined;
  /** Work beside tasks, and services of handlers. */
  extensions?: readonly WorkerExtension[] | undefined;
  /**
   * Beginning of the worker's id, 1 to 100 characters; `worker` if absent. The end is random: a worker that starts again
   * is another one, because each death of a worker counts against the tasks that it ran.
   */
  name?: string | undefined;
  /** Times of locks, heartbeats and the search for silent workers: for tests. */
  timings?: Partial<WorkerTimings> | undefined;
  /** Destination of the log; JSON lines on standard output if absent. */
  logger?: Logger | undefined;
}

/** Options of a start. */
export interface StartOptions {
  /**
   * Whether the process is the worker's own: SIGTERM and SIGINT then stop it in order, an error that nothing catches hands
   * its tasks over, and a failed start ends the process (see `OwnProcess`). True if absent. With false, the caller stops the
   * worker, and `start` throws.
   */
  signals?: boolean;
}

/** A worker. New → starting → running → stopping → stopped. */
export interface TaskwireWorker extends Stoppable {
  /** Unique id; watchers see it. */
  readonly workerId: string;
  /**
   * Starts it. Resolves when it takes tasks. Redis may be away: the start waits for it.
   * @throws with `signals: false`: EnvironmentError naming every bad option and variable; HandlerUnfitError for the module of
   * a thread; if PostgreSQL cannot be reached; DatabaseEncodingError; UploadStorageError. Error for a second start, and if
   * the worker is stopped meanwhile.
   */
  start(options?: StartOptions): Promise<void>;
  /**
   * Takes no new task, lets running ones finish within `graceMs`, hands the others over, and closes everything. During a
   * start, it ends the start, which may wait for Redis.
   */
  stop(): Promise<void>;
  /** Number of tasks that it runs at this moment. */
  running(): number;
}

/** The kinds of `Tasks` that have no handler; `never` if the kinds are not known to the compiler. */
type MissingKinds<Tasks extends TaskList, Handlers extends readonly TaskHandler[]> =
  string extends KindOf<Tasks[number]> ? never : Exclude<KindOf<Tasks[number]>, KindOf<Handlers[number]['task']>>;

type KindOf<Definition extends AnyTaskDefinition> = Definition extends AnyTaskDefinition ? Definition['kind'] : never;

/** A condition on the options: each task has a handler. */
type EachHandled<Tasks extends TaskList, Handlers extends readonly TaskHandler[]> = [
  MissingKinds<Tasks, Handlers>,
] extends [never]
  ? unknown
  : { 'these kinds have no handler': MissingKinds<Tasks, Handlers> };

/**
 * Makes a worker of handlers. With `tasks`, a task without a handler does not compile.
 * @throws Error naming the kind, if a task has no handler, or two handlers are for one kind; Error for an unusable name.
 * @example await createTaskwireWorker({ handlers: [handle(resizeImage, async (ctx, input) => { … })] }).start();
 */
export function createTaskwireWorker<
  const Handlers extends readonly TaskHandler[],
  const Tasks extends TaskList = readonly [],
>(options: TaskwireWorkerOptions<Handlers, Tasks> & EachHandled<Tasks, Handlers>): TaskwireWorker {
  checkName(options);
  checkKinds(options);
  return new StartableWorker(options);
}

function checkName({ name = 'worker' }: TaskwireWorkerOptions): void {
  if (name === '' || name.length > LONGEST_NAME) throw new Error(`name: give 1 to ${LONGEST_NAME} characters`);
  const problem = textProblem(name);
  if (problem !== undefined) throw new Error(`name: ${problem}`);
}

function checkKinds({ handlers, tasks = [] }: TaskwireWorkerOptions): void {
  const kinds = handlers.map(({ task }) => task.kind);
  const doubled = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (doubled !== undefined) throw new Error(`two handlers are for the kind "${doubled}": leave one of them out`);
  const missing = tasks.find(({ kind }) => !kinds.includes(kind));
  if (missing === undefined) return;
  throw new Error(`no handler is for the kind "${missing.kind}": add handle(…) to handlers, or leave it out of tasks`);
}

class StartableWorker implements TaskwireWorker {
  readonly workerId: string;
  readonly #options: TaskwireWorkerOptions;
  readonly #stopping = new AbortController();
  #starting: Promise<RunningWorker> | undefined;
  #worker: RunningWorker | undefined;

  constructor(options: TaskwireWorkerOptions) {
    this.#options = options;
    this.workerId = `${options.name ?? 'worker'}-${randomUUID().slice(0, 8)}`;
  }

  running(): number {
    return this.#worker?.running() ?? 0;
  }

  get unclosed(): readonly string[] {
    return this.#worker?.unclosed ?? [];
  }

  async start({ signals = true }: StartOptions = {}): Promise<void> {
    if (this.#starting !== undefined) throw new Error('the worker has been started already: make another one');
    this.#stopping.signal.throwIfAborted();
    this.#starting = signals ? this.#startInOwnProcess() : this.#startInThisProcess();
    this.#worker = await this.#starting;
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the worker has been stopped: make another one'));
    const worker = await this.#starting?.catch(() => undefined);
    await worker?.stop();
  }

  async #startInOwnProcess(): Promise<RunningWorker> {
    const environment = environmentOrExit(() => readSettings(this.#options));
    const logger = this.#loggerOf(environment);
    const ownProcess = new OwnProcess(logger);
    return this.#start(environment, { logger, ownProcess }).catch((error: unknown) => {
      if (this.#stopping.signal.aborted) throw error;
      return endOnFailedStart(logger, error);
    });
  }

  async #startInThisProcess(): Promise<RunningWorker> {
    const environment = readSettings(this.#options);
    return this.#start(environment, { logger: this.#loggerOf(environment) });
  }

  async #start(
    environment: Environment,
    { logger, ownProcess }: { logger: Logger; ownProcess?: OwnProcess },
  ): Promise<RunningWorker> {
    const { handlers, extensions = [], timings = {} } = this.#options;
    const { workerId } = this;
    const { concurrency, hasDemoTasks } = environment;
    await checkHandlers(handlers.filter(({ task }) => hasDemoTasks || !task.isDemo));
    const { signal } = this.#stopping;
    const worker = await startWorker({ environment, logger, workerId, handlers, extensions, timings, signal });
    // Signals can stop it before a line says that it is ready.
    ownProcess?.watch(worker, environment);
    logger.info({ workerId, concurrency }, 'ready');
    return worker;
  }

  #loggerOf({ logLevel }: Environment): Logger {
    return this.#options.logger ?? createLogger({ service: 'worker', level: logLevel });
  }
}

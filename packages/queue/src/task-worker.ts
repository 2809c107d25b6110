import { DelayedError, Worker, type Job } from 'bullmq';
import { QUEUE_NAME, QUEUE_PREFIX, type JobData } from './queue-settings.ts';
import { withoutCommand } from './without-command.ts';

/** A worker that stops renewing its lock loses its jobs after this long (ms). */
const LOCK_DURATION_MS = 10_000;
/** How often (ms) jobs without a living worker are looked for. */
const STALLED_CHECK_MS = 3_000;
/** `triesLeft` bounds how often a job is started; this must merely not be reached before. */
const MAX_STALLED_COUNT = 1_000;

/** A task that is to be run now. */
export interface TaskJob {
  taskId: string;
  /** May be one that this build does not know. */
  kind: string;
  /**
   * How many tries there are after this one. Used up are tries that asked for another one and tries that ended with
   * their worker's death; those that were handed over are not. Negative: this one is over the limit, because the last
   * ones died without a word; the task must not be run again.
   */
  triesLeft: number;
  /** What the next try will wait (ms) if this one answers `retry`. */
  retryDelayMs: number;
}

/**
 * What is to become of a job. `finished`: nothing more. `retry`: it comes again after `retryDelayMs`. `hand-over`: it
 * comes again at once, here or elsewhere, and this was no try.
 */
export type JobOutcome = 'finished' | 'retry' | 'hand-over';

export interface TaskWorkerSettings {
  redisUrl: string;
  /** How many tasks are run at once. */
  concurrency: number;
  /** Runs a task. A throw counts as `retry`. */
  run: (job: TaskJob) => Promise<JobOutcome>;
  /** Called for lost connections and for jobs whose `run` threw. */
  onError?: (error: Error) => void;
}

/** How BullMQ is told to bring a job again; not a fault. */
class RetryRequested extends Error {
  override readonly name = 'RetryRequested';
}

/** The consuming end of the queue. */
export class TaskWorker {
  readonly #worker: Worker<JobData>;
  #running = 0;

  constructor(settings: TaskWorkerSettings) {
    this.#worker = new Worker<JobData>(QUEUE_NAME, (job, token) => this.#process(job, token, settings), {
      prefix: QUEUE_PREFIX,
      connection: { url: settings.redisUrl, maxRetriesPerRequest: null },
      concurrency: settings.concurrency,
      lockDuration: LOCK_DURATION_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED_COUNT,
    });
    this.#worker.on('error', (error) => settings.onError?.(withoutCommand(error)));
    this.#worker.on('failed', (_job, error) => {
      if (!(error instanceof RetryRequested)) settings.onError?.(error);
    });
  }

  /** Resolves once the connection to Redis stands. */
  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** How many tasks this worker runs at this moment. */
  running(): number {
    return this.#running;
  }

  /**
   * Takes no new job.
   * @param force Does not wait for the running ones: they count as stalled, and another worker takes them over.
   */
  async close(force = false): Promise<void> {
    await this.#worker.close(force);
  }

  async #process(job: Job<JobData>, token: string | undefined, settings: TaskWorkerSettings): Promise<void> {
    this.#running += 1;
    try {
      const outcome = await settings.run(toTaskJob(job));
      if (outcome === 'retry') throw new RetryRequested('the task asked for another try');
      if (outcome === 'hand-over') await handOver(job, token);
    } finally {
      this.#running -= 1;
    }
  }
}

function toTaskJob(job: Job<JobData>): TaskJob {
  if (job.id === undefined) throw new Error('a job without an id is none of ours');
  const { attempts = 1, backoff } = job.opts;
  return {
    taskId: job.id,
    kind: job.data.kind,
    triesLeft: attempts - 1 - job.attemptsMade - job.stalledCounter,
    retryDelayMs: backoffDelay(backoff) * 2 ** job.attemptsMade,
  };
}

/**
 * Puts a job back without counting a try, and tells BullMQ so by what it throws. Delayed by nothing rather than moved to
 * the waiting ones: BullMQ wakes an idle worker for the first, but for a job with a priority not for the second.
 * @throws DelayedError; or another Error if the job is gone or belongs to another worker by now.
 */
async function handOver(job: Job<JobData>, token: string | undefined): Promise<never> {
  await job.moveToDelayed(Date.now(), token);
  throw new DelayedError('handed over');
}

function backoffDelay(backoff: Job['opts']['backoff']): number {
  if (backoff === undefined) return 0;
  return typeof backoff === 'number' ? backoff : (backoff.delay ?? 0);
}

/** Opens the consuming end of the queue and begins to take jobs. */
export function createTaskWorker(settings: TaskWorkerSettings): TaskWorker {
  return new TaskWorker(settings);
}

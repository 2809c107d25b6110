import { randomUUID } from 'node:crypto';
import { DelayedError, Worker, type Job } from 'bullmq';
import { DeliveryLock } from './delivery-lock.ts';
import { again, LOST, type Delivery, type Next } from './delivery.ts';
import { FleetMember, type WorkerIdentity } from '../fleet/fleet-member.ts';
import {
  QUEUE_NAME,
  QUEUE_PREFIX,
  type JobData,
  type JobOutcome,
  type RetryPolicyOf,
  type TaskJob,
} from '../task-job.ts';
import { TaskRuns } from './task-runs.ts';
import { withoutCommand } from '../fleet/connect.ts';
import { DEFAULT_TIMINGS, jittered, type WorkerTimings } from './worker-timings.ts';

/**
 * Number of lost locks after which BullMQ ends a job. It is never reached, because stalls lose locks and must end
 * nothing.
 */
const MAX_STALLED_COUNT = Number.MAX_SAFE_INTEGER;

export interface TaskWorkerSettings {
  redisUrl: string;
  /** Number of tasks that run at once. */
  concurrency: number;
  /** Runs a task. A throw counts as `later`, because it is a fault of the runner and not of the task. */
  run: (job: TaskJob) => Promise<JobOutcome>;
  /** Retry policies of the kinds that this worker knows. Absent: a task has the policy with which it was enqueued. */
  retryPolicyOf?: RetryPolicyOf;
  /**
   * Whether a task only has to be ended, without its handler, as after a cancel. Absent: no task. Asked for suspects
   * that find the process busy, which then need not wait.
   */
  isOnlyToBeEnded?: (taskId: string) => Promise<boolean>;
  /** Identity of this worker; its id must be unique. Absent: a random id and no kinds. */
  identity?: WorkerIdentity;
  timings?: Partial<WorkerTimings>;
  /** Called for lost connections, for runs that threw, and for jobs that could not be put back. */
  onError?: (error: Error) => void;
}

/**
 * The consuming end of the queue.
 * Modes: taking ⇄ paused (a suspect runs alone) → closing → closed.
 * A delivery is BullMQ's: a job, a token, a lock. A run is one execution of a task in this process. If a delivery loses
 * its lock, the delivery ends and its run continues. The task's next delivery in this process adopts that run. So one
 * process never runs a task twice at once.
 */
export class TaskWorker {
  readonly #onError: ((error: Error) => void) | undefined;
  readonly #timings: WorkerTimings;
  readonly #worker: Worker<JobData>;
  readonly #fleet: FleetMember;
  readonly #runs: TaskRuns;
  readonly #closing = new AbortController();
  #isClosed = false;

  constructor({ redisUrl, concurrency, run, onError, ...settings }: TaskWorkerSettings) {
    this.#onError = onError;
    this.#timings = { ...DEFAULT_TIMINGS, ...settings.timings };
    const { identity = { workerId: `worker-${randomUUID()}`, version: 'unknown', kinds: [] } } = settings;
    const report = (error: unknown) => this.#report(error);
    this.#fleet = new FleetMember({ redisUrl, identity, timings: this.#timings, onError: report }, () =>
      this.#runs.taskIds(),
    );
    this.#runs = new TaskRuns({
      fleet: this.#fleet,
      timings: this.#timings,
      run,
      retryPolicyOf: settings.retryPolicyOf ?? (() => undefined),
      isOnlyToBeEnded: settings.isOnlyToBeEnded ?? (() => Promise.resolve(false)),
      takeJobs: (doTake) => this.#takeJobs(doTake),
      onError: report,
      closing: this.#closing.signal,
    });
    this.#worker = new Worker<JobData>(QUEUE_NAME, (job, token) => this.#process(job, token), {
      prefix: QUEUE_PREFIX,
      connection: { url: redisUrl, maxRetriesPerRequest: null },
      concurrency,
      lockDuration: this.#timings.lockMs,
      skipLockRenewal: true,
      stalledInterval: this.#timings.stalledCheckMs,
      maxStalledCount: MAX_STALLED_COUNT,
      autorun: false,
    });
    this.#worker.on('error', (error) => this.#report(withoutCommand(error)));
    void this.#begin();
  }

  /** Resolves when Redis is connected and the fleet knows this worker. */
  async ready(): Promise<void> {
    await Promise.all([this.#worker.waitUntilReady(), this.#fleet.join()]);
  }

  /** Number of tasks that this worker runs now. */
  running(): number {
    return this.#runs.size;
  }

  /**
   * Takes no new job, and resolves after the running ones have ended.
   * @param force stops at once and without notice, like a process that dies.
   */
  async close(force = false): Promise<void> {
    this.#closing.abort();
    if (force) {
      this.#isClosed = true;
      this.#fleet.die();
      return this.#worker.close(true);
    }
    await this.#worker.close();
    await this.#runs.ended();
    await this.leave();
  }

  /**
   * Reports to the fleet that this worker ends in order. Its running tasks then go to other workers without counting a
   * death.
   */
  async leave(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#fleet.leave();
  }

  /** Takes jobs only after the fleet knows this worker, because an unknown worker counts as dead. */
  async #begin(): Promise<void> {
    try {
      await this.#fleet.join();
      if (!this.#isClosed) await this.#worker.run();
    } catch (error) {
      this.#report(error);
    }
  }

  async #process(job: Job<JobData>, token: string | undefined): Promise<void> {
    if (job.id === undefined || token === undefined) throw new Error('a job without an id or a lock is none of ours');
    const key = `${this.#worker.toKey(job.id)}:lock`;
    const lock = new DeliveryLock(job, { key, token }, this.#timings.lockMs);
    const next = await this.#next({ job, taskId: job.id, lock });
    if (next.then === 'finish') return;
    if (next.then === 'again') await this.#putBack(job, token, next.afterMs);
    // BullMQ takes no further step for the job.
    throw new DelayedError('handed over');
  }

  /** Never throws: BullMQ would count a try and store the error. */
  async #next(delivery: Delivery): Promise<Next> {
    const { lock } = delivery;
    try {
      return await Promise.race([this.#runs.serve(delivery), lock.lost.then(() => LOST)]);
    } catch (error) {
      this.#report(error);
      return again(jittered(this.#timings.aloneMs));
    } finally {
      lock.release();
    }
  }

  /**
   * Puts a job back without counting a try. The job is delayed instead of waiting: BullMQ wakes an idle worker for a
   * delayed job, but not for a waiting job with a priority.
   */
  async #putBack(job: Job<JobData>, token: string, afterMs: number): Promise<void> {
    try {
      await job.moveToDelayed(Date.now() + afterMs, token);
    } catch (error) {
      // The job is gone, or another worker has it.
      this.#report(error);
    }
  }

  #takeJobs(doTake: boolean): void {
    if (this.#isClosed) return;
    const changed = doTake ? this.#worker.resume() : this.#worker.pause(true);
    changed.catch((error: unknown) => this.#report(error));
  }

  #report(error: unknown): void {
    if (this.#isClosed) return;
    this.#onError?.(error instanceof Error ? error : new Error('something that is no error was thrown'));
  }
}

/** Opens the consuming end of the queue and begins to take jobs. */
export function createTaskWorker(settings: TaskWorkerSettings): TaskWorker {
  return new TaskWorker(settings);
}

import { randomUUID } from 'node:crypto';
import { DelayedError, Worker, type Job } from 'bullmq';
import { DeliveryLock } from './delivery-lock.ts';
import { again, LOST, type Delivery, type Next } from './delivery.ts';
import { FleetMember, type WorkerIdentity } from '../fleet/fleet-member.ts';
import { QUEUE_NAME, QUEUE_PREFIX, type JobData } from '../queue-settings.ts';
import type { JobOutcome, TaskJob } from '../task-job.ts';
import { TaskRuns } from './task-runs.ts';
import { withoutCommand } from '../without-command.ts';
import { DEFAULT_TIMINGS, jittered, type WorkerTimings } from './worker-timings.ts';

/** BullMQ ends a job whose lock was lost this often. Locks are lost to stalls, which end nothing: never reached. */
const MAX_STALLED_COUNT = Number.MAX_SAFE_INTEGER;

export interface TaskWorkerSettings {
  redisUrl: string;
  /** How many tasks are run at once. */
  concurrency: number;
  /** Runs a task. A throw counts as `later`: it is a fault of what runs tasks, not of a task. */
  run: (job: TaskJob) => Promise<JobOutcome>;
  /**
   * Whether a task only has to be ended, without its handler, as after a cancel. If absent, none is. Asked of tasks that must
   * run alone and find the process busy: then they need not wait.
   */
  isOnlyToBeEnded?: (taskId: string) => Promise<boolean>;
  /** Identity of this worker; no other process may use its id. If absent, it makes up an id and names no kinds. */
  identity?: WorkerIdentity;
  timings?: Partial<WorkerTimings>;
  /** Called for lost connections, for runs that threw, and for jobs that could not be put back. */
  onError?: (error: Error) => void;
}

/**
 * The consuming end of the queue. Taking ⇄ paused (a suspect runs alone) → closing → closed.
 *
 * A delivery and a run are two things. A delivery is BullMQ's: a job, a token, a lock. A run is one execution of a task in
 * this process. A delivery whose lock is lost ends, and its run goes on; the next delivery of the task in this process
 * adopts that run, and answers for it. So one process never runs a task twice at once.
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

  /** Resolves once the connection to Redis stands and the fleet knows this worker. */
  async ready(): Promise<void> {
    await Promise.all([this.#worker.waitUntilReady(), this.#fleet.join()]);
  }

  /** How many tasks this worker runs at this moment. */
  running(): number {
    return this.#runs.size;
  }

  /**
   * Takes no new job, and resolves once the running ones have ended.
   * @param force Stops at once and without a word, as a process that dies does.
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

  /** Tells the fleet that this worker ends in order: what it still runs is another worker's from now on, and no death. */
  async leave(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#fleet.leave();
  }

  /** Jobs come once the fleet knows this worker: an unknown one would count as dead. */
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
    // Tells BullMQ that nothing more is to be done with the job.
    throw new DelayedError('handed over');
  }

  /** Never throws: BullMQ would count a try, and write on what was thrown. */
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
   * Puts a job back without counting a try. Delayed rather than moved to the waiting ones: BullMQ wakes an idle worker for
   * the first, but for a job with a priority not for the second.
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

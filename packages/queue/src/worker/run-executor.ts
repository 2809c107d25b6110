import { setTimeout as delay } from 'node:timers/promises';
import type { FleetMember, Taking } from '../fleet/fleet-member.ts';
import type { JobOutcome, RetryPolicyOf, TaskJob } from '../task-job.ts';
import { again, FINISH, nextOfRefusal, toTaskJob, type Delivery, type Next } from './delivery.ts';
import { LaterPace } from './later-pace.ts';
import { growingDelay, jittered, type WorkerTimings } from './worker-timings.ts';

/** Mean interval (ms) between deliveries that this worker puts back because it cannot run them now. */
const LATER_EVERY_MS = 20;

/** The end of a run for a delivery. `superseded`: another worker's attempt has the task. */
export type RunEnd = Next | 'superseded';

export type Taken = Extract<Taking, { status: 'taken' }>;

export interface RunExecutorDependencies {
  fleet: FleetMember;
  timings: WorkerTimings;
  /** Runs a task. A throw counts as `later`. */
  run: (job: TaskJob) => Promise<JobOutcome>;
  retryPolicyOf: RetryPolicyOf;
  onError: (error: unknown) => void;
  /** Aborts when the worker is closed. */
  closing: AbortSignal;
}

/** The process's other tasks, as seen by a run. */
export interface RunSurroundings {
  /** Takes the task again, with a new look at the workers that had it. */
  retake: () => Promise<Taking>;
  /** Whether the process keeps other tasks out for this run. */
  isAlone: () => boolean;
}

/** Executes taken tasks: it confirms deaths, runs the task, and records its outcome as the next step of the job. */
export class RunExecutor {
  readonly #dependencies: RunExecutorDependencies;
  readonly #laterPace = new LaterPace(LATER_EVERY_MS);

  constructor(dependencies: RunExecutorDependencies) {
    this.#dependencies = dependencies;
  }

  /** Never throws. */
  async execute(delivery: Delivery, taken: Taken, { retake, isAlone }: RunSurroundings): Promise<RunEnd> {
    const { fleet, timings, retryPolicyOf, onError, closing } = this.#dependencies;
    try {
      const confirmed = await this.#confirm(delivery, taken, retake);
      if (confirmed.status !== 'taken') return nextOfRefusal(confirmed, timings);
      const job = toTaskJob(delivery, confirmed, retryPolicyOf);
      const outcome = await this.#outcomeOf(job);
      const { taskId, retryDelayMs } = job;
      const waits = await fleet.end(taskId, { outcome, retryDelayMs, ranAlone: isAlone() });
      return this.#endOf(outcome, { retryDelayMs, waits });
    } catch (error) {
      if (!closing.aborted) onError(error);
      return again(jittered(timings.aloneMs));
    }
  }

  /**
   * Before a task ends because of its workers' deaths, takes it once more after a pause. A worker that is back by then
   * was only stalled.
   */
  async #confirm(delivery: Delivery, taken: Taken, retake: () => Promise<Taking>): Promise<Taking> {
    const { timings, retryPolicyOf, closing } = this.#dependencies;
    if (taken.deaths === 0 || toTaskJob(delivery, taken, retryPolicyOf).triesLeft >= 0) return taken;
    await delay(timings.confirmMs, undefined, { signal: closing });
    return retake();
  }

  async #outcomeOf(job: TaskJob): Promise<JobOutcome> {
    try {
      return await this.#dependencies.run(job);
    } catch (error) {
      this.#dependencies.onError(error);
      return 'later';
    }
  }

  #endOf(outcome: JobOutcome, { retryDelayMs, waits }: { retryDelayMs: number; waits: number }): RunEnd {
    switch (outcome) {
      case 'finished':
        return FINISH;
      case 'retry':
        return again(retryDelayMs);
      case 'hand-over':
        return again(0);
      case 'later':
        return again(this.#laterPace.delay(growingDelay(waits, this.#dependencies.timings)));
      case 'superseded':
        return 'superseded';
      default:
        return outcome satisfies never;
    }
  }
}

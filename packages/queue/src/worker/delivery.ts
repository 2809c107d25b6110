import type { Job } from 'bullmq';
import type { DeliveryLock } from './delivery-lock.ts';
import type { Taking } from '../fleet/fleet-member.ts';
import { retryPolicyOfJob, type JobData, type RetryPolicyOf, type TaskJob } from '../task-job.ts';
import { growingDelay, jittered, type WorkerTimings } from './worker-timings.ts';

/** Longest delay (ms) of a task that a living worker runs. */
const ELSEWHERE_CAP_MS = 2_000;

/** A job that BullMQ delivered to this process. */
export interface Delivery {
  job: Job<JobData>;
  taskId: string;
  lock: DeliveryLock;
}

/** BullMQ's next step for a delivery. `lost`: none, because another delivery has the job. */
export type Next = { then: 'finish' } | { then: 'again'; afterMs: number } | { then: 'lost' };

export const FINISH: Next = { then: 'finish' };
export const LOST: Next = { then: 'lost' };

/** The job returns after a delay (ms), here or elsewhere. */
export function again(afterMs: number): Next {
  return { then: 'again', afterMs };
}

/** The task of a delivery, with the counts of its earlier attempts. */
export function toTaskJob(
  { job, taskId }: Delivery,
  earlier: { deaths: number; failures: number },
  retryPolicyOf: RetryPolicyOf,
): TaskJob {
  const { attempts, backoffMs } = retryPolicyOfJob(job, retryPolicyOf);
  // Jobs of a build in which BullMQ counted keep that count.
  const failed = earlier.failures + job.attemptsMade;
  return {
    taskId,
    kind: job.data.kind,
    triesLeft: attempts - 1 - failed - earlier.deaths,
    retryDelayMs: backoffMs * 2 ** failed,
  };
}

/** The next step of a delivery whose task this worker may not run now. */
export function nextOfRefusal(taking: Exclude<Taking, { status: 'taken' }>, timings: WorkerTimings): Next {
  switch (taking.status) {
    case 'elsewhere':
      return again(growingDelay(taking.waits, { ...timings, laterCapMs: ELSEWHERE_CAP_MS }));
    case 'undecided':
    case 'early':
      return again(taking.waitMs);
    case 'busy':
      return again(jittered(timings.aloneMs));
    case 'lost':
      return LOST;
    default:
      return taking satisfies never;
  }
}

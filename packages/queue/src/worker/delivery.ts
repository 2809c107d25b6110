import type { Job } from 'bullmq';
import type { DeliveryLock } from './delivery-lock.ts';
import type { JobData } from '../queue-settings.ts';
import { retryPolicyOfJob } from '../retry-policy.ts';
import type { TaskJob } from '../task-job.ts';

/** A job that was delivered to this process. */
export interface Delivery {
  job: Job<JobData>;
  taskId: string;
  lock: DeliveryLock;
}

/** Next step of BullMQ for a delivery. `lost`: none, another delivery has the job. */
export type Next = { then: 'finish' } | { then: 'again'; afterMs: number } | { then: 'lost' };

export const FINISH: Next = { then: 'finish' };
export const LOST: Next = { then: 'lost' };

/** The job comes again after a delay (ms), here or elsewhere. */
export function again(afterMs: number): Next {
  return { then: 'again', afterMs };
}

/** The task of a delivery, given what is known of its earlier attempts. */
export function toTaskJob({ job, taskId }: Delivery, earlier: { deaths: number; failures: number }): TaskJob {
  const { attempts, backoffMs } = retryPolicyOfJob(job);
  // Jobs of a build that let BullMQ count keep what it counted.
  const failed = earlier.failures + job.attemptsMade;
  return {
    taskId,
    kind: job.data.kind,
    triesLeft: attempts - 1 - failed - earlier.deaths,
    retryDelayMs: backoffMs * 2 ** failed,
  };
}

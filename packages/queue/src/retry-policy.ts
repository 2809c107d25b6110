import { isTaskKind, taskDefinitions, type RetryPolicy } from '@taskwire/tasks';
import type { Job } from 'bullmq';
import type { JobData } from './queue-settings.ts';

/** Of a kind that the build that enqueues it does not know. */
const UNKNOWN: RetryPolicy = { attempts: 1, backoffMs: 0 };

/** How often a kind is tried, as far as this build knows. */
export function retryPolicyOf(kind: string): RetryPolicy {
  return isTaskKind(kind) ? taskDefinitions[kind].retry : UNKNOWN;
}

/** How often a job's task is tried: by this build's definition, else as the build said that enqueued it. */
export function retryPolicyOfJob({ data, opts }: Job<JobData>): RetryPolicy {
  if (isTaskKind(data.kind)) return taskDefinitions[data.kind].retry;
  const { attempts = 1, backoff = 0 } = opts;
  // BullMQ puts 0 where nothing was said.
  return { attempts: Math.max(attempts, 1), backoffMs: typeof backoff === 'number' ? backoff : (backoff.delay ?? 0) };
}

export { createTaskQueue } from './task-queue.ts';
export type { TaskQueue, TaskQueueSettings } from './task-queue.ts';
export { createTaskWorker } from './worker/task-worker.ts';
export type { TaskWorker, TaskWorkerSettings } from './worker/task-worker.ts';
export type { JobOutcome, RetryPolicy, RetryPolicyOf, TaskJob } from './task-job.ts';
export type { FleetWorker } from './fleet/fleet-reader.ts';
export type { WorkerTimings } from './worker/worker-timings.ts';

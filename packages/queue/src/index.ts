export { createTaskQueue } from './task-queue.ts';
export type { TaskQueue, TaskQueueSettings } from './task-queue.ts';
export { createTaskWorker } from './task-worker.ts';
export type { JobOutcome, TaskJob, TaskWorker, TaskWorkerSettings } from './task-worker.ts';

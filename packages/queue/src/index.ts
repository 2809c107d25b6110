export { createTaskQueue } from './task-queue.ts';
export type { TaskQueue, TaskQueueSettings } from './task-queue.ts';
export { createTaskWorker } from './task-worker.ts';
export type { TaskJob, TaskWorker, TaskWorkerSettings } from './task-worker.ts';

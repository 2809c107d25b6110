// Giving kinds their handlers
export { handle } from './handle.ts';
export type { Handler, TaskHandler } from './context/handler.ts';
export type { RememberedStage, StageContext, TaskContext } from './context/task-context.ts';
export type { OpenedUpload } from './uploads/opened-upload.ts';
export { PermanentTaskError, TaskError } from './task-error.ts';

// The worker
export { CRASH_MS, longestStopMs, startWorker } from './worker.ts';
export type { RunningWorker, WorkerSettings } from './worker.ts';

// Its process
export { readEnvironment } from './env.ts';
export type { Environment } from './env.ts';
export { limitHeapGrowth } from './starting/heap-growth.ts';

// Giving kinds their handlers
export { handle } from './handle.ts';
export type { Handler, TaskHandler } from './context/handler.ts';
export type { ThreadOptions } from './threads/in-thread.ts';
export type { Channel, RememberedStage, SendOptions, StageContext, TaskContext } from './context/task-context.ts';
export type { OpenedUpload } from './uploads/opened-upload.ts';
export { PermanentTaskError, TaskError } from './task-error.ts';

// The worker
export { createTaskwireWorker } from './create-taskwire-worker.ts';
export type { StartOptions, TaskwireWorker, TaskwireWorkerOptions } from './create-taskwire-worker.ts';
export type { SettingOptions } from './options.ts';
export { HandlerUnfitError } from './starting/check-handlers.ts';

// Work beside tasks
export type { WorkerExtension, WorkerServices } from './extension.ts';

// Runs a task in this process, without servers, for tests of handlers.
export { InProcessTask } from './in-process-task.ts';
export type { InProcessRequest } from './in-process-task.ts';

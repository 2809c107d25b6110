// For scripts and internal tools of a team: create a task, watch it in this terminal, take its output.
export { createTask, runTask, uploadFile, watchTask } from './programs/run-task.ts';
export type { ProgramOptions, RunTaskOptions } from './programs/run-task.ts';
export { TaskEndError } from './programs/task-end-error.ts';

// For scripts and internal tools of a team: create a task, watch it in this terminal, take its output.
export { createTask, createAndWatchTask, uploadFile, watchTask } from './programs/create-and-watch.ts';
export type { ProgramOptions, CreateAndWatchOptions } from './programs/create-and-watch.ts';
export { TaskEndError } from './programs/task-end-error.ts';

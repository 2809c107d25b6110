// Running a task in one process
export { runTask, startTask } from './run-task/run-task.ts';
export { testUpload } from './run-task/test-upload.ts';
export type { TestUploadFacts } from './run-task/test-upload.ts';
export type { RunOptions, TaskRun, TestTask } from './run-task/run-options.ts';

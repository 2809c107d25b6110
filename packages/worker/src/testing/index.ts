// For tests of packages with handlers and extensions.
export {
  addUpload,
  createRunner,
  createTask,
  createTaskWith,
  jobOf,
  openTestBackend,
  readEvents,
  readRow,
  useTestBackend,
  type RunnerChanges,
  type TestBackend,
} from './test-backend.ts';
export { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

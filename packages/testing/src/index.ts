// Running a task in one process
export { runTask, startTask } from './run-task/run-task.ts';
export { testUpload } from './run-task/test-upload.ts';
export type { TestUploadFacts } from './run-task/test-upload.ts';
export type { RunOptions, TaskRun, TestTask } from './run-task/run-options.ts';

// A server in memory, for tests of pages
export { createFakeServer } from './fake-server/fake-server.ts';
export type { FakeServer, FakeServerOptions, Replay } from './fake-server/fake-server.ts';
export type { FakeProgress, FakeTask } from './fake-server/fake-task.ts';

// Recordings of real tasks
export { record } from './recording/record.ts';
export type { RecordingClient } from './recording/record.ts';
export { recordingSchema } from './recording/recording.ts';
export type { Recording } from './recording/recording.ts';
export type { ReplayOptions } from './recording/replay.ts';

// Runs a task in this process, without servers, for tests of handlers.
export { InProcessTask } from './in-process-task.ts';
export type { InProcessRequest } from './in-process-task.ts';

// The failures of uploads, for a place of uploads of one's own
export { uploadMissing } from '../uploads/opened-upload.ts';
export { uploadUndeclared } from '../uploads/uploads.ts';

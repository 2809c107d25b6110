export { demoHandlers } from './demo-handlers.ts';
export { DocumentWorker } from './document-worker.ts';
export type { DocumentWorkerOptions } from './document-worker.ts';
export type { ReadingSettings } from './documents/reading-settings.ts';

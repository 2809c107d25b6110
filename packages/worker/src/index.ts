// The worker
export { CRASH_MS, longestStopMs, startWorker } from './worker.ts';
export type { RunningWorker, WorkerSettings } from './worker.ts';

// Its process
export { readEnvironment } from './env.ts';
export type { Environment } from './env.ts';
export { limitHeapGrowth } from './starting/heap-growth.ts';

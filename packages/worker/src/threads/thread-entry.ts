import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The module that threads run, beside `main`. */
export type ThreadModule = 'task-thread';

/** Data and memory limit of a thread. */
export interface ThreadSettings {
  /** The thread gets a copy as `workerData`. */
  data: unknown;
  /** Limit (MiB) of its JavaScript objects. */
  memoryMiB: number;
}

/** Starts a thread without environment variables, because some hold passwords. */
export function startThread(module: ThreadModule, { data, memoryMiB }: ThreadSettings): Worker {
  const options: WorkerOptions = {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    env: {},
    execArgv: [],
  };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${module}.js`, import.meta.url), options);
  // From source, TypeScript needs a loader, and packages of this repository are taken from their sources too.
  const entry = new URL('../../source-thread.mjs', import.meta.url);
  return new Worker(entry, { ...options, argv: [module], execArgv: ['--conditions=taskwire-source'] });
}

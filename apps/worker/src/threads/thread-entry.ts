import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The module that threads run: it lies beside `main`. */
export type ThreadModule = 'task-thread';

/** What a thread is started with, and the most that it may take. */
export interface ThreadSettings {
  /** A copy of it is the thread's `workerData`. */
  data: unknown;
  /** Memory (MiB) that its JavaScript objects may take. */
  memoryMiB: number;
}

/** Starts a thread; it gets no environment variables, as some hold passwords. */
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

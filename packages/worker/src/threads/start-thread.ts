import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Data and memory limit of a thread. */
export interface ThreadSettings {
  /** The thread gets a copy as `workerData`. */
  data: unknown;
  /** Limit (MiB) of its JavaScript objects. */
  memoryMiB: number;
}

/** Starts a thread without environment variables, because some hold passwords. */
export function startThread({ data, memoryMiB }: ThreadSettings): Worker {
  const options: WorkerOptions = {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    env: {},
    execArgv: conditionsIn(process.execArgv),
  };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./threads/thread-program.js', import.meta.url), options);
  }
  // From source, TypeScript needs a loader, and packages of this repository are taken from their sources too.
  const entry = new URL('../../source-thread.mjs', import.meta.url);
  return new Worker(entry, { ...options, execArgv: ['--conditions=taskwire-source'] });
}

/** Conditions by which the process resolves packages: the thread resolves them in the same way. */
function conditionsIn(flags: readonly string[]): string[] {
  return flags.flatMap((flag, index) => {
    if (/^(--conditions|-C)=/.test(flag)) return [flag];
    const value = flags[index + 1];
    return value !== undefined && (flag === '--conditions' || flag === '-C') ? [`--conditions=${value}`] : [];
  });
}

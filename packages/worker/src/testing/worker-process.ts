import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkerTimings } from '@taskwire/queue';
import type { TestBackend } from './test-backend.ts';

/** `demo.count` tasks of a worker process of the tests that count to one of these do something else. */
export const MISBEHAVIOUR = {
  exits: 9_001,
  isKilled: 9_002,
  throwsLater: 9_003,
  rejectsLater: 9_004,
  /** For as long as the process was started with. */
  blocks: 9_005,
  neverEnds: 9_006,
} as const;

/** Timings that let a stall, a death and a conviction fit into seconds. */
export const QUICK_TIMINGS: WorkerTimings = {
  lockMs: 1_500,
  stalledCheckMs: 300,
  heartbeatMs: 200,
  silentMs: 1_000,
  confirmMs: 500,
  laterMs: 50,
  laterCapMs: 500,
  aloneMs: 100,
};

// Not by way of a script that starts it: signals must reach the worker itself.
const typescript = ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx')];
const PROGRAM = fileURLToPath(new URL('worker-program.ts', import.meta.url));

/** A worker of a test in a process of its own. Running ⇄ suspended → ended. */
export interface WorkerProcess {
  child: ChildProcess;
  /** All that it logged so far. */
  lines: readonly string[];
  ready: Promise<void>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  end(): Promise<void>;
}

/** Starts a worker process on the servers of a test. */
export function startWorkerProcess(
  backend: TestBackend,
  options: { timings?: Partial<WorkerTimings>; concurrency?: number; blockMs?: number; program?: string } = {},
): WorkerProcess {
  const { timings = QUICK_TIMINGS, concurrency = 4, blockMs = 0, program = PROGRAM } = options;
  const env = {
    DATABASE_URL: backend.databaseUrl,
    REDIS_URL: backend.redis.redisUrl,
    UPLOAD_DIRECTORY: backend.uploadDirectory,
    WORKER_CONCURRENCY: String(concurrency),
    WORKER_GRACE_MS: '500',
    DEMO_TASKS: 'on',
  };
  const child = spawn(process.execPath, [...typescript, program, JSON.stringify(timings), String(blockMs)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = new Promise<void>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"ready"')) resolve();
      });
    }
    ended.then(() => reject(new Error(`the worker ended:\n${lines.join('\n')}`)), reject);
  });
  ready.catch(() => undefined);
  const end = async () => {
    child.kill('SIGKILL');
    child.kill('SIGCONT');
    await ended;
  };
  return { child, lines, ready, ended, end };
}

import type { TaskAddress } from '@taskwire/event-log';
import type { TaskMessage } from '@taskwire/protocol';
import { createTaskWorker, type TaskWorker } from '@taskwire/queue';
import { pino } from 'pino';
import { DEFAULT_RETENTION } from '../../retention/retention-dependencies.ts';
import { createRunner, type TestBackend } from '../../testing/test-backend.ts';
import type { ReconcilerDependencies, ReconcilerSettings } from '../reconciler-dependencies.ts';
import { Reconciler } from '../reconciler.ts';

const SETTINGS: ReconcilerSettings = { everyMs: 20, minimumAgeMs: 0, passMs: 20_000 };

export function reconcilerDependencies(
  backend: TestBackend,
  { settings, ...changed }: { settings?: Partial<ReconcilerSettings> } & Partial<ReconcilerDependencies> = {},
): ReconcilerDependencies {
  const { rows, database, eventLog, queue, catalog } = backend;
  const logger = pino({ level: 'silent' });
  return { rows, database, eventLog, queue, catalog, logger, reconciling: { ...SETTINGS, ...settings }, ...changed };
}

export function createReconciler(
  backend: TestBackend,
  ...rest: [Parameters<typeof reconcilerDependencies>[1]?]
): Reconciler {
  return new Reconciler(reconcilerDependencies(backend, ...rest));
}

/** A worker of the real queue, with the real runner. */
export function startRunner(backend: TestBackend, changed: Parameters<typeof createRunner>[1] = {}): TaskWorker {
  const runner = createRunner(backend, { retention: DEFAULT_RETENTION, ...changed });
  return createTaskWorker({ redisUrl: backend.redis.redisUrl, concurrency: 4, run: (job) => runner.run(job) });
}

/** A watcher from a cursor on: its messages so far, and its end. */
export interface Watcher {
  readonly messages: TaskMessage[];
  readonly ended: Promise<void>;
}

export function watch({ eventLog }: TestBackend, task: TaskAddress, cursor?: number): Watcher {
  const messages: TaskMessage[] = [];
  const follow = async () => {
    for await (const message of eventLog.follow(task, cursor, new AbortController().signal)) messages.push(message);
  };
  return { messages, ended: follow() };
}

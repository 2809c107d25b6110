import { EnvironmentError } from '@taskwire/process-kit';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SWEEPING } from './sweeping/sweep-dependencies.ts';
import { readEnvironment } from './env.ts';

const complete = {
  DATABASE_URL: 'postgresql://ada:hunter2@localhost:5432/taskwire',
  REDIS_URL: 'redis://localhost:6379',
  UPLOAD_DIRECTORY: '/var/lib/uploads',
};

describe('readEnvironment', () => {
  it('fills in variables that are left out or empty', () => {
    expect(readEnvironment({ ...complete, WORKER_CONCURRENCY: '' })).toEqual({
      databaseUrl: complete.DATABASE_URL,
      redisUrl: complete.REDIS_URL,
      uploads: { type: 'folder', directory: complete.UPLOAD_DIRECTORY },
      concurrency: 2,
      graceMs: 10_000,
      cancelGraceMs: 5_000,
      retention: { snapshotEveryMs: 5_000, snapshotEveryEvents: 1_000, logKeptEvents: 5_000 },
      reconcileEveryMs: 3_000,
      sweeping: DEFAULT_SWEEPING,
      hasDemoTasks: false,
      logLevel: 'info',
    });
  });

  it.each([
    ['DATABASE_URL', 'hunter2'],
    ['DATABASE_URL', 'mysql://hunter2@localhost'],
    ['DATABASE_URL', 'postgresql://localhost/x?schema=hunter2;drop'],
    ['REDIS_URL', 'http://hunter2'],
    ['REDIS_URL', 'redis://localhost/hunter2'],
    ['WORKER_CONCURRENCY', 'hunter2'],
    ['WORKER_CONCURRENCY', '0'],
    ['WORKER_GRACE_MS', '-1'],
    ['CANCEL_GRACE_MS', '-1'],
    ['SNAPSHOT_EVERY_MS', '0'],
    ['SNAPSHOT_EVERY_EVENTS', '0'],
    ['LOG_KEPT_EVENTS', '-1'],
    ['RECONCILE_EVERY_MS', 'hunter2'],
    ['TASKS_KEPT_DAYS', '0'],
    ['HISTORY_KEPT_DAYS', '-1'],
    ['UPLOADS_KEPT_HOURS', '0'],
    ['DERIVED_FILES_KEPT_HOURS', 'hunter2'],
    ['SWEEP_EVERY_MS', '1'],
    ['DEMO_TASKS', 'hunter2'],
    ['LOG_LEVEL', 'hunter2'],
  ])('refuses a wrong %s in one line that names it and the remedy, but not the value', (name, value) => {
    const read = () => readEnvironment({ ...complete, [name]: value });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(new RegExp(`^${name}: (?!.*hunter2)[^:]+: give .+$`));
  });

  it('names all wrong variables at once', () => {
    const read = () => readEnvironment({ ...complete, REDIS_URL: '', DEMO_TASKS: 'x', LOG_LEVEL: 'x' });
    expect(read).toThrow(/^REDIS_URL: .+\nDEMO_TASKS: .+\nLOG_LEVEL: .+$/);
  });

  it.each(Object.keys(complete))('says that %s is missing', (name) => {
    expect(() => readEnvironment({ ...complete, [name]: undefined })).toThrow(`${name}: is missing: give `);
  });
});

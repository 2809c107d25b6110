import { createDatabase, type Database } from '@taskwire/db';
import { createEventLog, type EventLog } from '@taskwire/event-log';
import { TcpProxy } from '@taskwire/test-kit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { DONE, claimTask } from '../retention/testing/fixed-attempt.ts';
import { TaskRows } from '../running/stored/task-rows.ts';
import { createTask, readRow, useTestBackend } from '../testing/test-backend.ts';
import { createReconciler } from './testing/reconciling-backend.ts';
import { countTask } from '../testing/test-tasks.ts';

const backend = useTestBackend();
let postgres: TcpProxy;
let redis: TcpProxy;
let database: Database;
let eventLog: EventLog;

beforeAll(async () => {
  postgres = await TcpProxy.openBefore(backend.databaseUrl);
  redis = await TcpProxy.openBefore(backend.redis.redisUrl);
  database = createDatabase({ connectionString: postgres.urlOf(backend.databaseUrl), patienceMs: 0 });
  const rows = new TaskRows(database);
  const redisUrl = redis.urlOf(backend.redis.redisUrl);
  eventLog = createEventLog({ redisUrl, loadSnapshot: (taskId) => rows.loadSnapshot(taskId) });
});
afterEach(() => {
  vi.restoreAllMocks();
  postgres.restore();
  redis.restore();
});
afterAll(async () => {
  await Promise.all([eventLog.close(), database.$disconnect()]);
  await Promise.all([postgres.close(), redis.close()]);
});

async function endedTask() {
  const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
  const { writer } = await claimTask(backend, task);
  await writer.append([DONE]);
  return task;
}

it.each(['PostgreSQL', 'Redis'] as const)(
  'a pass during which %s goes away fails, and names no task',
  { timeout: 60_000 },
  async (name) => {
    const task = await endedTask();
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const reconciler = createReconciler(backend, { database, rows: new TaskRows(database), eventLog, logger });
    const inspectAll = eventLog.inspectAll.bind(eventLog);
    vi.spyOn(eventLog, 'inspectAll').mockImplementationOnce(async (tasks) => {
      const logs = await inspectAll(tasks);
      (name === 'PostgreSQL' ? postgres : redis).refuse();
      return logs;
    });
    await expect(reconciler.runOnce()).rejects.toThrow();
    expect(lines).toEqual([]);

    postgres.restore();
    redis.restore();
    await vi.waitFor(() => reconciler.runOnce(), 30_000);
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', archivedAt: expect.any(Date) });
  },
);

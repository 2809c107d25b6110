import type { TaskAddress } from '@taskwire/event-log';
import { pino } from 'pino';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DONE, claimTask } from '../retention/testing/fixed-attempt.ts';
import { expectSettled } from '../retention/testing/history.ts';
import { createTask, useTestBackend, readRow } from '../testing/test-backend.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import { UnrepairedTasks } from './unrepaired-tasks.ts';
import { createReconciler, reconcilerDependencies, startRunner } from './testing/reconciling-backend.ts';
import { countTask } from '../testing/test-tasks.ts';

/** Longest wait (ms) for what the reconciler does. */
const SOON_MS = 20_000;
const unrepaired = new UnrepairedTasks(pino({ level: 'silent' }));
const unbounded = { startAfter: undefined, signal: new AbortController().signal, unrepaired };

const backend = useTestBackend();

afterEach(async () => {
  vi.restoreAllMocks();
  await backend.database.task.deleteMany();
});

const newTask = () => createTask(backend, countTask, { to: 3, everyMs: 0 });

async function endedTask(): Promise<TaskAddress> {
  const task = await newTask();
  const { writer } = await claimTask(backend, task);
  await writer.append([DONE]);
  return task;
}

const archivedCount = () => backend.database.task.count({ where: { archivedAt: { not: null } } });

describe('Reconciler', () => {
  it('works alone: a second reconciler does nothing meanwhile', async () => {
    await endedTask();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockImplementation(() => gate.then(() => []));
    const first = createReconciler(backend).runOnce();
    await eventually(() => expect(inspectAll).toHaveBeenCalled(), SOON_MS);

    expect(await createReconciler(backend).runOnce()).toBe(false);
    goOn();
    expect(await first).toBe(true);
    expect(await createReconciler(backend).runOnce()).toBe(true);
  });

  it('does no harm if two work at once', async () => {
    const tasks = [await endedTask(), await newTask(), await endedTask(), await newTask()];
    const parts = reconcilerDependencies(backend);
    await Promise.all([1, 2, 3].map(() => reconcileTasks(parts, unbounded)));

    await expectSettled(backend, tasks[0] ?? (await newTask()), 'done');
    await expectSettled(backend, tasks[2] ?? (await newTask()), 'done');
    expect(await backend.queue.missing(tasks.map(({ taskId }) => taskId))).toEqual(
      new Set([tasks[0]?.taskId, tasks[2]?.taskId]),
    );
  });

  it('brings a task of a kind that no worker knows into the queue, where it waits for one that does', async () => {
    const task = await newTask();
    await backend.database.task.update({ where: { id: task.taskId }, data: { kind: 'long.gone' } });
    const worker = startRunner(backend);
    try {
      await createReconciler(backend).runOnce();
      for (let pass = 1; pass <= 3; pass += 1) await createReconciler(backend).runOnce();
      expect([...(await backend.queue.missing([task.taskId]))]).toEqual([]);
      expect(await readRow(backend, task)).toMatchObject({ status: 'queued', errorCode: null });
    } finally {
      await worker.close(true);
    }
  });

  it('writes `canceling` into the log if only the row has the cancel', async () => {
    const task = await newTask();
    await claimTask(backend, task);
    await backend.queue.enqueue({ taskId: task.taskId, kind: 'demo.count', priority: 5 });
    await backend.database.task.update({ where: { id: task.taskId }, data: { status: 'canceling' } });
    await createReconciler(backend).runOnce();
    expect(await backend.eventLog.inspect(task)).toMatchObject({ canceling: true, ended: false });
  });

  it('leaves tasks alone whose creation may not be complete', async () => {
    await endedTask();
    await createReconciler(backend, { settings: { minimumAgeMs: 60_000 } }).runOnce();
    expect(await archivedCount()).toBe(0);
  });

  it('goes on with the others when one task cannot be repaired, and logs its id', async () => {
    const [bad, good] = [await endedTask(), await endedTask()];
    const snapshot = backend.eventLog.snapshot.bind(backend.eventLog);
    vi.spyOn(backend.eventLog, 'snapshot').mockImplementation((task) =>
      task.taskId === bad.taskId ? Promise.reject(new Error('unreadable')) : snapshot(task),
    );
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    await createReconciler(backend, { logger }).runOnce();

    expect(await readRow(backend, good)).toMatchObject({ status: 'done' });
    expect(await readRow(backend, bad)).toMatchObject({ status: 'queued' });
    expect(lines.filter((line) => line.includes('could not be repaired'))).toMatchObject([
      expect.stringContaining(bad.taskId),
    ]);
  });

  function errorLines() {
    const lines: unknown[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    return { lines, logger };
  }

  it('goes on with the others when Redis refuses one of them, and logs its id and the reason', async () => {
    const [bad, good] = [await endedTask(), await endedTask()];
    const meta = `taskwire:{${bad.projectId}}:task:${bad.taskId}:meta`;
    await backend.redis.command(`SET ${meta} spoiled`);
    const { lines, logger } = errorLines();
    await createReconciler(backend, { logger }).runOnce();

    expect(await readRow(backend, good)).toMatchObject({ status: 'done' });
    expect(lines).toMatchObject([{ taskId: bad.taskId, rounds: 1, err: { message: expect.any(String) } }]);
    expect(JSON.stringify(lines)).toContain('WRONGTYPE');
  });

  it('logs the id of the only task if Redis refuses it, and ends the pass', async () => {
    const bad = await endedTask();
    await backend.redis.command(`SET taskwire:{${bad.projectId}}:task:${bad.taskId}:meta spoiled`);
    const { lines, logger } = errorLines();
    expect(await createReconciler(backend, { logger }).runOnce()).toBe(true);

    expect(lines).toMatchObject([{ taskId: bad.taskId, rounds: 1 }]);
    expect(JSON.stringify(lines)).toContain('WRONGTYPE');
  });

  it('logs each task that Redis refuses if it refuses all of a page', async () => {
    const tasks = [await endedTask(), await endedTask()];
    for (const { projectId, taskId } of tasks) {
      await backend.redis.command(`SET taskwire:{${projectId}}:task:${taskId}:meta spoiled`);
    }
    const { lines, logger } = errorLines();
    expect(await createReconciler(backend, { logger }).runOnce()).toBe(true);

    expect(lines).toMatchObject(tasks.map(({ taskId }) => ({ taskId, rounds: 1 })));
  });

  it('logs the only agreeing task if the queue cannot tell whether it has a job, and repairs the others', async () => {
    const [bad, ended] = [await newTask(), await endedTask()];
    const missing = backend.queue.missing.bind(backend.queue);
    vi.spyOn(backend.queue, 'missing').mockImplementation((taskIds) =>
      taskIds.includes(bad.taskId) ? Promise.reject(new Error('unreadable')) : missing(taskIds),
    );
    const { lines, logger } = errorLines();
    expect(await createReconciler(backend, { logger }).runOnce()).toBe(true);

    expect(lines).toMatchObject([{ taskId: bad.taskId, err: { message: 'unreadable' } }]);
    expect(await readRow(backend, ended)).toMatchObject({ status: 'done', archivedAt: expect.any(Date) });
  });

  it('logs a task that it cannot repair once, not at each pass, and not after its repair', async () => {
    const task = await endedTask();
    const failing = vi.spyOn(backend.eventLog, 'snapshot').mockRejectedValue(new Error('unreadable'));
    const { lines, logger } = errorLines();
    const reconciler = createReconciler(backend, { logger });
    for (let pass = 1; pass <= 4; pass += 1) await reconciler.runOnce();
    expect(lines).toMatchObject([{ taskId: task.taskId, rounds: 1, unrepaired: 1 }]);
    failing.mockRejectedValue(new Error('another reason'));
    await reconciler.runOnce();
    expect(lines).toHaveLength(2);
    failing.mockRestore();
    await reconciler.runOnce();
    expect(await readRow(backend, task)).toMatchObject({ status: 'done' });

    const later = await endedTask();
    vi.spyOn(backend.eventLog, 'snapshot').mockRejectedValue(new Error('unreadable'));
    await reconciler.runOnce();
    expect(lines.slice(2)).toMatchObject([{ taskId: later.taskId, unrepaired: 1 }]);
  });

  it('logs a task that needs a repair which is not possible for several rounds', async () => {
    const task = await newTask();
    await backend.redis.flush();
    vi.spyOn(backend.eventLog, 'restore').mockResolvedValue(false);
    const { lines, logger } = errorLines();
    const reconciler = createReconciler(backend, { logger });
    await reconciler.runOnce();
    await reconciler.runOnce();
    expect(lines).toEqual([]);
    await reconciler.runOnce();
    expect(lines).toMatchObject([{ taskId: task.taskId, rounds: 3, needs: 'restore' }]);
  });

  it('settles a task whose persisted state cannot be read', async () => {
    const task = await endedTask();
    const snapshot = { made: 'by another version' };
    await backend.database.task.update({ where: { id: task.taskId }, data: { snapshot } });
    await createReconciler(backend).runOnce();
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', archivedAt: expect.any(Date) });
  });

  async function createEndedRows(count: number): Promise<void> {
    const { projectId } = await newTask();
    const row = { ownerId: 'ada', projectId, kind: 'demo.count', input: {}, priority: 5, status: 'done' as const };
    await backend.database.task.createMany({ data: Array.from({ length: count }, () => row) });
  }

  it('reaches each of many tasks, page by page', async () => {
    await createEndedRows(250);
    await createReconciler(backend).runOnce();

    expect(await archivedCount()).toBe(250);
  });

  it('reaches each of many tasks although each pass is cut off and no earlier task can be repaired', async () => {
    await createEndedRows(250);
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll');
    vi.spyOn(backend.eventLog, 'read').mockRejectedValue(new Error('unreadable'));
    const reconciler = createReconciler(backend, { settings: { passMs: 0 } });
    const seen = () => new Set(inspectAll.mock.calls.flatMap(([tasks]) => tasks.map(({ taskId }) => taskId)));
    await reconciler.runOnce();
    expect(seen().size).toBeLessThan(251);
    await reconciler.runOnce();

    expect(seen().size).toBe(251);
  });

  it('waits while Redis is away, logs that once, and goes on', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    const reconciler = createReconciler(backend, { logger });
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockRejectedValue(new Error('Redis is away'));
    const inspect = vi.spyOn(backend.eventLog, 'inspect').mockRejectedValue(new Error('Redis is away'));
    const task = await endedTask();
    reconciler.start();
    await eventually(() => expect(inspectAll.mock.calls.length).toBeGreaterThan(3), SOON_MS);
    inspectAll.mockRestore();
    inspect.mockRestore();
    await eventually(async () => expect((await readRow(backend, task)).archivedAt).not.toBeNull(), SOON_MS);
    await eventually(() => expect(lines.join('')).toContain('reconciled again'), SOON_MS);
    await reconciler.stop();

    expect(lines.filter((line) => line.includes('cannot be reconciled'))).toHaveLength(1);
  });

  it('stops after the present repair, and does nothing any more', async () => {
    await newTask();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockImplementation(() => gate.then(() => []));
    const reconciler = createReconciler(backend, { settings: { everyMs: 0 } });
    reconciler.start();
    await eventually(() => expect(inspectAll).toHaveBeenCalled(), SOON_MS);
    let stopped = false;
    const stopping = reconciler.stop().then(() => (stopped = true));
    expect(await createReconciler(backend).runOnce()).toBe(false);
    expect(stopped).toBe(false);
    goOn();
    await stopping;
    reconciler.start();

    for (let round = 1; round <= 5; round += 1) expect(await createReconciler(backend).runOnce()).toBe(true);
    expect(inspectAll).toHaveBeenCalledTimes(6);
  });

  it("relays events to an owner's topic that a process that died did not", async () => {
    const task = await newTask();
    const relay = vi.spyOn(backend.eventLog, 'relay');
    await createReconciler(backend).runOnce();

    expect(relay).toHaveBeenCalledWith(expect.objectContaining({ projectId: task.projectId, ownerId: task.ownerId }));
  });
});

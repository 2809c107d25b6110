import type { TaskAddress } from '@taskwire/event-log';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DONE, claimTask } from '../retention/testing/fixed-attempt.ts';
import { expectSettled } from '../retention/testing/history.ts';
import { createTask, useTestBackend, readRow } from '../testing/test-backend.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import { UnrepairedTasks } from './unrepaired-tasks.ts';
import { createReconciler, reconcilerDependencies, startRunner } from './testing/reconciling-backend.ts';

const SOON = { timeout: 20_000 };
const unrepaired = new UnrepairedTasks(pino({ level: 'silent' }));
const unbounded = { startAfter: undefined, signal: new AbortController().signal, unrepaired };

const backend = useTestBackend();

afterEach(async () => {
  vi.restoreAllMocks();
  await backend.database.task.deleteMany();
});

const newTask = () => createTask(backend, 'demo.count', { to: 3, everyMs: 0 });

async function endedTask(): Promise<TaskAddress> {
  const task = await newTask();
  const { writer } = await claimTask(backend, task);
  await writer.append([DONE]);
  return task;
}

const archivedCount = () => backend.database.task.count({ where: { archivedAt: { not: null } } });

describe('Reconciler', () => {
  it('works alone: another one that comes meanwhile leaves it at that', async () => {
    await endedTask();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockImplementation(() => gate.then(() => []));
    const first = createReconciler(backend).runOnce();
    await vi.waitFor(() => expect(inspectAll).toHaveBeenCalled(), SOON);

    expect(await createReconciler(backend).runOnce()).toBe(false);
    goOn();
    expect(await first).toBe(true);
    expect(await createReconciler(backend).runOnce()).toBe(true);
  });

  it('does no harm should two be at it at once', async () => {
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

  it('tells the log of a cancel that only the row still knows of', async () => {
    const task = await newTask();
    await claimTask(backend, task);
    await backend.queue.enqueue({ taskId: task.taskId, kind: 'demo.count', priority: 5 });
    await backend.database.task.update({ where: { id: task.taskId }, data: { status: 'canceling' } });
    await createReconciler(backend).runOnce();
    expect(await backend.eventLog.inspect(task)).toMatchObject({ canceling: true, ended: false });
  });

  it('leaves alone what is younger than a task takes to be created', async () => {
    await endedTask();
    await createReconciler(backend, { settings: { minimumAgeMs: 60_000 } }).runOnce();
    expect(await archivedCount()).toBe(0);
  });

  it('goes on with the others when one task cannot be repaired, and says which', async () => {
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

  it('goes on with the others when Redis refuses one of them, and says which and why', async () => {
    const [bad, good] = [await endedTask(), await endedTask()];
    const meta = `taskwire:{${bad.projectId}}:task:${bad.taskId}:meta`;
    await backend.redis.command(`SET ${meta} spoiled`);
    const { lines, logger } = errorLines();
    await createReconciler(backend, { logger }).runOnce();

    expect(await readRow(backend, good)).toMatchObject({ status: 'done' });
    expect(lines).toMatchObject([{ taskId: bad.taskId, passes: 1, err: { message: expect.any(String) } }]);
    expect(JSON.stringify(lines)).toContain('WRONGTYPE');
  });

  it('says once, and not at every pass, what it cannot repair; and no more once it is repaired', async () => {
    const task = await endedTask();
    const failing = vi.spyOn(backend.eventLog, 'snapshot').mockRejectedValue(new Error('unreadable'));
    const { lines, logger } = errorLines();
    const reconciler = createReconciler(backend, { logger });
    for (let pass = 1; pass <= 4; pass += 1) await reconciler.runOnce();
    expect(lines).toMatchObject([{ taskId: task.taskId, passes: 1, unrepaired: 1 }]);
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

  it('says when there is something to do for a task, and pass after pass nothing can be done', async () => {
    const task = await newTask();
    await backend.redis.flush();
    vi.spyOn(backend.eventLog, 'restore').mockResolvedValue(false);
    const { lines, logger } = errorLines();
    const reconciler = createReconciler(backend, { logger });
    await reconciler.runOnce();
    await reconciler.runOnce();
    expect(lines).toEqual([]);
    await reconciler.runOnce();
    expect(lines).toMatchObject([{ taskId: task.taskId, passes: 3, needs: 'restore' }]);
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

  it('comes to every task of many, page by page', async () => {
    await createEndedRows(250);
    await createReconciler(backend).runOnce();

    expect(await archivedCount()).toBe(250);
  });

  it('comes to every task of many although each pass is cut off, and none before can be repaired', async () => {
    await createEndedRows(250);
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll');
    vi.spyOn(backend.eventLog, 'inspect').mockRejectedValue(new Error('unreadable'));
    const reconciler = createReconciler(backend, { settings: { passMs: 0 } });
    const seen = () => new Set(inspectAll.mock.calls.flatMap(([tasks]) => tasks.map(({ taskId }) => taskId)));
    await reconciler.runOnce();
    expect(seen().size).toBeLessThan(251);
    await reconciler.runOnce();

    expect(seen().size).toBe(251);
  });

  it('waits while Redis is away, says so once, and goes on', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    const reconciler = createReconciler(backend, { logger });
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockRejectedValue(new Error('Redis is away'));
    const inspect = vi.spyOn(backend.eventLog, 'inspect').mockRejectedValue(new Error('Redis is away'));
    const task = await endedTask();
    reconciler.start();
    await vi.waitFor(() => expect(inspectAll.mock.calls.length).toBeGreaterThan(3), SOON);
    inspectAll.mockRestore();
    inspect.mockRestore();
    await vi.waitFor(async () => expect((await readRow(backend, task)).archivedAt).not.toBeNull(), SOON);
    await vi.waitFor(() => expect(lines.join('')).toContain('reconciled again'), SOON);
    await reconciler.stop();

    expect(lines.filter((line) => line.includes('cannot be reconciled'))).toHaveLength(1);
  });

  it('stops after what it is doing, and does nothing any more from then on', async () => {
    await newTask();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const inspectAll = vi.spyOn(backend.eventLog, 'inspectAll').mockImplementation(() => gate.then(() => []));
    const reconciler = createReconciler(backend, { settings: { everyMs: 0 } });
    reconciler.start();
    await vi.waitFor(() => expect(inspectAll).toHaveBeenCalled(), SOON);
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

  it("tells an owner's topic what a process that died did not", async () => {
    const task = await newTask();
    const relay = vi.spyOn(backend.eventLog, 'relay');
    await createReconciler(backend).runOnce();

    expect(relay).toHaveBeenCalledWith(expect.objectContaining({ projectId: task.projectId, ownerId: task.ownerId }));
  });
});

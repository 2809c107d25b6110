// Each test leaves behind exactly what a process leaves that stops at the named point, and lets others finish it.
import { archiveEvents, recordTaskEnd, saveTaskSnapshot } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { pino } from 'pino';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepSnapshots } from '../retention/keep-snapshots.ts';
import { DEFAULT_RETENTION } from '../retention/retention-dependencies.ts';
import { settleTask } from '../retention/settle-task.ts';
import { DONE, claimTask, tokens } from '../retention/testing/fixed-attempt.ts';
import { expectSettled } from '../retention/testing/history.ts';
import { createTask, useTestBackend, readEvents, readRow } from '../testing/test-backend.ts';
import type { TaskWorker } from '@taskwire/queue';
import { createReconciler, startRunner } from './testing/reconciling-backend.ts';
import { countTask } from '../testing/test-tasks.ts';

const kind = 'demo.count';
const input = { to: 3, everyMs: 0 };
/** Longest wait (ms) for what the reconciler does. */
const SOON_MS = 20_000;

const backend = useTestBackend();
const workers: TaskWorker[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
});

const newTask = () => createTask(backend, countTask, input);
const reconcile = () => createReconciler(backend).runOnce();

/** A row as `task.create` writes it, and nothing else. */
async function createRow(): Promise<TaskAddress> {
  const owner = { ownerId: 'ada', name: 'Default' };
  const project = await backend.database.project.upsert({ where: { ownerId_name: owner }, create: owner, update: {} });
  const row = await backend.database.task.create({
    data: { ownerId: owner.ownerId, projectId: project.id, kind, input, priority: 5 },
  });
  return { taskId: row.id, projectId: project.id, ownerId: owner.ownerId };
}

async function endedTask() {
  const task = await newTask();
  const { writer } = await claimTask(backend, task);
  await writer.append([...tokens(3), DONE]);
  return task;
}

const snapshotOf = (task: TaskAddress) => backend.eventLog.snapshot(task);

async function expectEnd(task: TaskAddress, status: string) {
  await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status }), SOON_MS);
  await eventually(async () => expect((await readRow(backend, task)).archivedAt).not.toBeNull(), SOON_MS);
}

/** Seconds until Redis forgets the log. */
async function logKept({ projectId, taskId }: TaskAddress): Promise<number> {
  const answer = await backend.redis.command(`TTL taskwire:{${projectId}}:task:${taskId}:log`);
  return Number(answer.slice(1));
}

describe('a task that a crash leaves', () => {
  it('between its row and its log comes to a worker, and a watcher sees it from its first event on', async () => {
    const task = await createRow();
    await reconcile();
    workers.push(startRunner(backend));
    await expectEnd(task, 'done');

    expect((await readEvents(backend, task)).map(({ type }) => type).slice(0, 2)).toEqual(['queued', 'started']);
  });

  it('between its log and its job comes to a worker', async () => {
    const task = await newTask();
    await reconcile();
    workers.push(startRunner(backend));
    await expectEnd(task, 'done');

    await expectSettled(backend, task, 'done');
  });

  it('by a job that was removed comes to a worker', async () => {
    const task = await newTask();
    await backend.queue.enqueue({ taskId: task.taskId, kind, priority: 5 });
    await backend.queue.removeWaiting(task.taskId);
    await reconcile();
    workers.push(startRunner(backend));

    await expectEnd(task, 'done');
  });

  it('by a worker that died between an append and the snapshot is run again, and its history is whole', async () => {
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await writer.append(tokens(2));
    await saveTaskSnapshot(backend.database, await snapshotOf(task));
    await writer.append(tokens(5, 2));
    await reconcile();
    workers.push(startRunner(backend));
    await expectEnd(task, 'done');

    await expectSettled(backend, task, 'done');
  });

  it('between the archive and the snapshot is run again, and its history is whole', async () => {
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await writer.append(tokens(5));
    await archiveEvents(backend.database, task.taskId, await readEvents(backend, task));
    await writer.append(tokens(5, 5));
    await reconcile();
    workers.push(startRunner(backend));
    await expectEnd(task, 'done');

    await expectSettled(backend, task, 'done');
  });

  it('between the snapshot and the trim is trimmed by the next attempt, and its history is whole', async () => {
    const task = await newTask();
    const first = await claimTask(backend, task);
    await first.writer.append(tokens(5));
    await archiveEvents(backend.database, task.taskId, await readEvents(backend, task));
    await saveTaskSnapshot(backend.database, await snapshotOf(task));

    const second = await claimTask(backend, task);
    const { database, eventLog } = backend;
    const retention = { ...DEFAULT_RETENTION, snapshotEveryMs: 10, logKeptEvents: 0 };
    const keeper = keepSnapshots({ database, eventLog, logger: pino({ level: 'silent' }), retention }, task, second);
    await eventually(async () => expect(await readEvents(backend, task)).toEqual([]), SOON_MS);
    await keeper.stop();
    await second.writer.append([DONE]);
    await reconcile();

    await expectSettled(backend, task, 'done');
  });

  it('between the terminal event and its row is settled', async () => {
    const task = await endedTask();
    await reconcile();

    await expectSettled(backend, task, 'done');
    expect(await logKept(task)).toBeGreaterThan(0);
  });

  it('between its row and its archive is archived', async () => {
    const task = await endedTask();
    await recordTaskEnd(backend.database, await snapshotOf(task));
    await reconcile();

    await expectSettled(backend, task, 'done');
    expect(await logKept(task)).toBeGreaterThan(0);
  });

  it('between its archive and the expiry of its log expires', async () => {
    const task = await endedTask();
    await recordTaskEnd(backend.database, await snapshotOf(task));
    await archiveEvents(backend.database, task.taskId, await readEvents(backend, task));
    expect(await logKept(task)).toBe(-1);
    await reconcile();

    await expectSettled(backend, task, 'done');
    expect(await logKept(task)).toBeGreaterThan(0);
  });

  it.each(['read', 'relay', 'expire'] as const)(
    'by a settling that fails at %s is settled by the next',
    async (step) => {
      const task = await endedTask();
      const failing = vi.spyOn(backend.eventLog, step).mockRejectedValueOnce(new Error('Redis is away'));
      await expect(settleTask(backend, task)).rejects.toThrow('Redis is away');
      failing.mockRestore();
      expect((await readRow(backend, task)).archivedAt).toBeNull();
      await reconcile();

      await expectSettled(backend, task, 'done');
      expect(await logKept(task)).toBeGreaterThan(0);
    },
  );

  it('after its row was written and Redis was lost is marked: nothing more can be archived', async () => {
    const task = await endedTask();
    await recordTaskEnd(backend.database, await snapshotOf(task));
    await backend.redis.flush();
    await reconcile();

    expect(await readRow(backend, task)).toMatchObject({ status: 'done', archivedAt: expect.any(Date) });
  });

  it('between a cancel and the death of its worker ends as canceled, without a worker', async () => {
    const task = await newTask();
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    await reconcile();

    await expectSettled(backend, task, 'canceled');
  });

  it('by a failover that lost less than is persisted continues after the persisted seq', async () => {
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await writer.append(tokens(2));
    const { state } = await snapshotOf(task);
    await saveTaskSnapshot(backend.database, { seq: 1_000, state });
    await reconcile();
    workers.push(startRunner(backend));
    await expectEnd(task, 'done');

    const { snapshotSeq } = await readRow(backend, task);
    expect(Number(snapshotSeq)).toBeGreaterThan(1_000);
  });

  it('by a failover with an end below the persisted seq has that end', async () => {
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await writer.append(tokens(2));
    const { state } = await snapshotOf(task);
    await writer.append([DONE]);
    await saveTaskSnapshot(backend.database, { seq: 1_000, state });
    await reconcile();

    expect(await readRow(backend, task)).toMatchObject({ status: 'done', archivedAt: expect.any(Date) });
  });
});

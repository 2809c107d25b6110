// Redis evicts keys one by one. Each test removes every subset of a task's keys, and lets the task come to its end.
import { randomUUID } from 'node:crypto';
import { saveTaskSnapshot } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { stagePlansOf } from '@taskwire/protocol';
import type { TaskWorker } from '@taskwire/queue';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it } from 'vitest';
import { DONE, claimTask, tokens } from '../retention/testing/fixed-attempt.ts';
import { useTestBackend, readRow } from '../testing/test-backend.ts';
import { countTask } from '../testing/test-tasks.ts';
import type { Reconciler } from './reconciler.ts';
import { createReconciler, startRunner } from './testing/reconciling-backend.ts';

const kind = 'demo.count';
/** Longest wait (ms) for what the reconciler does. */
const SOON_MS = 60_000;

const backend = useTestBackend();
let reconciler: Reconciler | undefined;
const workers: TaskWorker[] = [];

afterEach(async () => {
  await reconciler?.stop();
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
});

/** A task in a project of its own. */
async function newTask(): Promise<TaskAddress> {
  const ownerId = `owner-${randomUUID()}`;
  const project = await backend.database.project.create({ data: { ownerId, name: 'Default' } });
  const row = { ownerId, projectId: project.id, kind, input: { to: 3, everyMs: 0 }, priority: 5 };
  const { id: taskId } = await backend.database.task.create({ data: row });
  const task = { taskId, projectId: project.id, ownerId };
  await backend.eventLog.open(task, { type: 'queued', kind, priority: 5, stages: stagePlansOf(countTask.stages) });
  await backend.queue.enqueue({ taskId, kind, priority: 5 });
  return task;
}

/** Removes the task's job as a worker's death beyond all stalls does. */
const loseJob = ({ taskId }: TaskAddress) => backend.queue.removeWaiting(taskId);
const setStatus = ({ taskId }: TaskAddress, status: 'running' | 'canceling') =>
  backend.database.task.update({ where: { id: taskId }, data: { status, attempt: 1 } });

/** States of a task: `make` brings it there, `expected` are the statuses that it may end with. */
const STATES: Record<string, { make: (task: TaskAddress) => Promise<unknown>; expected: string[] }> = {
  queued: { make: () => Promise.resolve(), expected: ['done'] },
  'running, with its state persisted': {
    async make(task) {
      const { writer } = await claimTask(backend, task);
      await setStatus(task, 'running');
      await writer.append(tokens(3));
      await saveTaskSnapshot(backend.database, await backend.eventLog.snapshot(task));
      await writer.append(tokens(3, 3));
    },
    expected: ['done'],
  },
  'running, on a log that was restored': {
    async make(task) {
      await claimTask(backend, task);
      await setStatus(task, 'running');
      const stages = [{ name: 'count', weight: 1 }];
      const event = { type: 'queued' as const, kind, priority: 5, stages };
      await backend.eventLog.restore(task, { attempt: 1, canceling: false, event, lostAfter: 1_000 });
      const { writer } = await claimTask(backend, task);
      await writer.append(tokens(3));
    },
    expected: ['done'],
  },
  canceling: {
    async make(task) {
      const { writer } = await claimTask(backend, task);
      await writer.append(tokens(3));
      await backend.eventLog.append(task, { type: 'canceling', requestedBy: task.ownerId });
      await setStatus(task, 'canceling');
    },
    expected: ['canceled'],
  },
  'ended, and not recorded': {
    async make(task) {
      const { writer } = await claimTask(backend, task);
      await setStatus(task, 'running');
      await writer.append([...tokens(3), DONE]);
      await loseJob(task);
    },
    expected: ['done'],
  },
  'ended, and not archived': {
    async make(task) {
      const { writer } = await claimTask(backend, task);
      await writer.append([...tokens(3), DONE]);
      await saveTaskSnapshot(backend.database, await backend.eventLog.snapshot(task));
      await loseJob(task);
    },
    expected: ['done'],
  },
};

/** Patterns of the keys that Redis may evict, by the words in them. */
const KEYS: readonly ((task: TaskAddress) => string)[] = [
  ({ taskId }) => `taskwire:*task:${taskId}:log`,
  ({ taskId }) => `taskwire:*task:${taskId}:meta`,
  ({ taskId }) => `taskwire:*task:${taskId}:base`,
  ({ projectId }) => `taskwire:{${projectId}}:topic:log`,
  ({ projectId }) => `taskwire:{${projectId}}:topic:meta`,
  ({ ownerId }) => `taskwire:{owner:${ownerId}}:topic:*`,
  ({ taskId }) => `{taskwire-queue}:*:${taskId}`,
];

async function evict(task: TaskAddress, subset: number): Promise<void> {
  for (const [index, pattern] of KEYS.entries()) {
    if ((subset & (1 << index)) === 0) continue;
    const remove = `for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 1`;
    expect(await backend.redis.command(`EVAL "${remove}" 0 ${pattern(task)}`)).toBe(':1');
  }
}

const subsets = Array.from({ length: 1 << KEYS.length }, (_, subset) => subset);

describe('a task comes to its end, in its row and in its history, whichever of its keys Redis has evicted', () => {
  it.each(Object.entries(STATES))(
    'while it was %s',
    async (_state, { make, expected }) => {
      const tasks = new Map<string, number>();
      for (const subset of subsets) {
        const task = await newTask();
        await make(task);
        await evict(task, subset);
        tasks.set(task.taskId, subset);
      }
      workers.push(startRunner(backend));
      reconciler = createReconciler(backend);
      reconciler.start();
      const unsettled = async () => {
        const rows = await backend.database.task.findMany({
          where: { id: { in: [...tasks.keys()] }, archivedAt: null },
          select: { id: true, status: true },
        });
        return rows.map(({ id, status }) => ({ subset: tasks.get(id), status }));
      };
      await eventually(async () => expect(await unsettled()).toEqual([]), SOON_MS);
      const rows = await backend.database.task.findMany({ where: { id: { in: [...tasks.keys()] } } });
      const others = rows.filter(({ status }) => !expected.includes(status));
      expect(others.map(({ id, status, errorCode }) => ({ subset: tasks.get(id), status, errorCode }))).toEqual([]);
    },
    120_000,
  );

  it('while its worker goes on writing', async () => {
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await setStatus(task, 'running');
    await writer.append(tokens(2));
    await evict(task, 1);
    await expect(writer.append(tokens(2, 2))).rejects.toMatchObject({ reason: 'lost' });
    workers.push(startRunner(backend));
    reconciler = createReconciler(backend);
    reconciler.start();
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done' }), SOON_MS);
  });
});

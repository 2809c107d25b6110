import { archivedThrough, loadTaskSnapshot } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { pino } from 'pino';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTask, useTestBackend } from '../testing/test-backend.ts';
import { keepSnapshots, type SnapshotKeeper } from './keep-snapshots.ts';
import type { RetentionDependencies, RetentionSettings } from './retention-dependencies.ts';
import { settleTask } from './settle-task.ts';
import { expectSettled, readHistory } from './testing/history.ts';
import { spoilLog, DONE, claimTask, tokens } from './testing/fixed-attempt.ts';
import { countTask } from '../testing/test-tasks.ts';

const NEVER = { snapshotEveryMs: 3_600_000, snapshotEveryEvents: 1_000_000, logKeptEvents: 0 };
/** Longest wait (ms) for what the reconciler does. */
const SOON_MS = 10_000;

const backend = useTestBackend();
const keepers: SnapshotKeeper[] = [];

afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
});

function dependenciesWith(
  retention: Partial<RetentionSettings>,
  changed: Partial<RetentionDependencies> = {},
): RetentionDependencies {
  const { database, eventLog } = backend;
  return { database, eventLog, logger: pino({ level: 'silent' }), retention: { ...NEVER, ...retention }, ...changed };
}

/** A task that is being run, and whose events are kept. */
async function watched(dependencies: RetentionDependencies) {
  const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
  const attempt = await claimTask(backend, task);
  const keeper = keepSnapshots(dependencies, task, attempt);
  keepers.push(keeper);
  return { task, attempt, keeper };
}

const persistedSeq = async ({ taskId }: TaskAddress) => (await loadTaskSnapshot(backend.database, taskId))?.seq;
const firstKept = async (task: TaskAddress) => (await backend.eventLog.read(task, 0, 1))[0]?.seq;

describe('keepSnapshots', () => {
  it('persists the state and the events before it in time', async () => {
    const { task, attempt } = await watched(dependenciesWith({ snapshotEveryMs: 20 }));
    await attempt.writer.append(tokens(3));
    await eventually(async () => expect(await persistedSeq(task)).toBe(5), SOON_MS);

    expect(await loadTaskSnapshot(backend.database, task.taskId)).toEqual(await backend.eventLog.snapshot(task));
    expect(await archivedThrough(backend.database, task.taskId)).toBe(5);
  });

  it('persists and settles a task whose log has an entry that cannot be read (MUST 19)', async () => {
    const { task, attempt } = await watched(dependenciesWith({ snapshotEveryEvents: 10 }));
    await attempt.writer.append(tokens(3));
    await spoilLog(backend, task);
    await attempt.writer.append(tokens(12, 3));
    await eventually(async () => expect(await persistedSeq(task)).toBe(18), SOON_MS);
    await attempt.writer.append([DONE]);
    await settleTask(dependenciesWith({}), task);
    await expectSettled(backend, task, 'done');
    expect((await readHistory(backend, task)).filter(({ type }) => type === 'unreadable')).toMatchObject([{ seq: 6 }]);
  });

  it('persists many events at once, long before the interval ends', async () => {
    const { task, attempt } = await watched(dependenciesWith({ snapshotEveryEvents: 10 }));
    await attempt.writer.append(tokens(12));

    await eventually(async () => expect(await persistedSeq(task)).toBe(14), SOON_MS);
  });

  it('persists all of a burst that takes several reads', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({}));
    await attempt.writer.append(tokens(1_200));
    keeper.stageEnded();

    await eventually(async () => expect(await persistedSeq(task)).toBe(1_202), SOON_MS);
    expect(await archivedThrough(backend.database, task.taskId)).toBe(1_202);
  });

  it('persists at the end of a stage, long before the interval ends', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({}));
    await attempt.writer.append(tokens(2));
    keeper.stageEnded();

    await eventually(async () => expect(await persistedSeq(task)).toBe(4), SOON_MS);
  });

  it('persists the end of a stage that comes during a save', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({}));
    await attempt.writer.append(tokens(2));
    keeper.stageEnded();
    await attempt.writer.append(tokens(2, 2));
    keeper.stageEnded();

    await eventually(async () => expect(await persistedSeq(task)).toBe(6), SOON_MS);
  });

  it('trims the log up to the persisted state, except for the latest events', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({ logKeptEvents: 4 }));
    await attempt.writer.append(tokens(8));
    keeper.stageEnded();

    await eventually(async () => expect(await firstKept(task)).toBe(7), SOON_MS);
    await attempt.writer.append([DONE]);
    await settleTask(dependenciesWith({}), task);
    await expectSettled(backend, task, 'done');
  });

  it('persists and trims nothing while PostgreSQL is away, and does both afterwards', async () => {
    const away = vi.spyOn(backend.database, '$transaction').mockRejectedValue(new Error('PostgreSQL is away'));
    const warned = vi.fn();
    const logger = pino({ level: 'warn' }, { write: warned });
    const { task, attempt } = await watched(dependenciesWith({ snapshotEveryMs: 20 }, { logger }));
    await attempt.writer.append(tokens(3));
    await eventually(() => expect(away.mock.calls.length).toBeGreaterThan(3), SOON_MS);
    expect(await persistedSeq(task)).toBe(0);
    expect(await firstKept(task)).toBe(1);
    expect(warned).toHaveBeenCalledTimes(1);

    away.mockRestore();
    await eventually(async () => expect(await firstKept(task)).toBeUndefined(), SOON_MS);
    expect(await persistedSeq(task)).toBe(5);
  });

  it('does not trim events that are archived and whose state is not persisted', async () => {
    const dependencies = dependenciesWith({ snapshotEveryMs: 20 });
    const away = vi.spyOn(backend.database.task, 'updateMany').mockRejectedValue(new Error('PostgreSQL is away'));
    const { task, attempt } = await watched(dependencies);
    await attempt.writer.append(tokens(3));
    await eventually(() => expect(away.mock.calls.length).toBeGreaterThan(2), SOON_MS);
    expect(await archivedThrough(backend.database, task.taskId)).toBe(5);
    expect(await firstKept(task)).toBe(1);

    away.mockRestore();
    await eventually(async () => expect(await firstKept(task)).toBeUndefined(), SOON_MS);
  });

  it('goes on from where an attempt before it ended', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({}));
    await attempt.writer.append(tokens(4));
    keeper.stageEnded();
    await eventually(async () => expect(await persistedSeq(task)).toBe(6), SOON_MS);
    await keeper.stop();
    await attempt.writer.append(tokens(4, 4));

    const next = await claimTask(backend, task);
    const again = keepSnapshots(dependenciesWith({ snapshotEveryMs: 20 }), task, next);
    keepers.push(again);
    await next.writer.append(tokens(4));
    await eventually(async () => expect(await persistedSeq(task)).toBe(15), SOON_MS);
    await next.writer.append([DONE]);
    await settleTask(dependenciesWith({}), task);
    await expectSettled(backend, task, 'done');
  });

  it('writes nothing any more once it has stopped', async () => {
    const { task, attempt, keeper } = await watched(dependenciesWith({ snapshotEveryMs: 5 }));
    await keeper.stop();
    await attempt.writer.append(tokens(3));
    keeper.stageEnded();
    await keeper.stop();

    expect(await persistedSeq(task)).toBe(0);
  });
});

import { initialTaskState, type TaskState } from '@taskwire/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  loadStageResults,
  loadTaskSnapshot,
  markArchived,
  recordTaskEnd,
  saveStageResult,
  saveTaskSnapshot,
  type Database,
  type Prisma,
} from '../index.ts';
import { openMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts';
import { createTaskRow } from '../testing/task-row.ts';

let test: MigratedDatabase;
let database: Database;
let taskId: string;
let initial: TaskState;

beforeAll(async () => {
  test = await openMigratedDatabase();
  ({ database } = test);
});
beforeEach(async () => {
  const ids = await createTaskRow(database);
  taskId = ids.taskId;
  initial = initialTaskState({ ...ids, kind: 'demo.count' });
});
afterAll(() => test.close());

function plain(state: TaskState): Prisma.InputJsonObject {
  const copy: Prisma.InputJsonObject = JSON.parse(JSON.stringify(state));
  return copy;
}
const row = () => database.task.findUniqueOrThrow({ where: { id: taskId } });
const running = (percent: number): TaskState => ({ ...initial, status: 'running', attempt: 1, percent });
const ended = (): TaskState => ({ ...initial, status: 'done', attempt: 1, percent: 100, output: null, endedAt: 9_000 });

describe('the persisted snapshot', () => {
  it('is the state before the first event until a snapshot is written', async () => {
    expect(await loadTaskSnapshot(database, taskId)).toEqual({ seq: 0, state: initial });
    expect(await loadTaskSnapshot(database, '00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it('is replaced by a newer state, never by an older one', async () => {
    await saveTaskSnapshot(database, { seq: 17_000_000_000_005, state: running(50) });
    await saveTaskSnapshot(database, { seq: 4, state: running(40) });

    expect(await loadTaskSnapshot(database, taskId)).toEqual({ seq: 17_000_000_000_005, state: running(50) });
    expect(await row()).toMatchObject({ percent: 50 });
  });

  it('takes unreadable parts from the columns', async () => {
    const snapshot = { made: 'by another version' };
    const failed = {
      status: 'error' as const,
      errorCode: 'HANDLER_FAILED',
      errorMessage: 'no',
      endedAt: new Date(9_000),
    };
    await database.task.update({ where: { id: taskId }, data: { snapshot, snapshotSeq: 7, percent: 40, ...failed } });
    const error = { code: 'HANDLER_FAILED', message: 'no' };
    const state = { ...initial, priority: 5, status: 'error', percent: 40, error, endedAt: 9_000 };
    expect(await loadTaskSnapshot(database, taskId)).toEqual({ seq: 7, state: { ...state, incomplete: true } });

    const done = { status: 'done' as const, errorCode: null, output: { counted: 3 } };
    await database.task.update({ where: { id: taskId }, data: done });
    expect(await loadTaskSnapshot(database, taskId)).toMatchObject({
      state: { status: 'done', output: { counted: 3 } },
    });
  });

  it('never lowers the percent column', async () => {
    await database.task.update({ where: { id: taskId }, data: { percent: 60 } });
    await saveTaskSnapshot(database, { seq: 5, state: running(50) });

    expect(await row()).toMatchObject({ percent: 60 });
  });

  it('keeps half a character whose other half comes with the next event', async () => {
    const state = { ...running(1), stages: [] };
    const half = { name: 's', weight: 1, status: 'running', current: 0, total: 0, text: 'x\ud83d' } as const;
    await saveTaskSnapshot(database, { seq: 5, state: { ...state, stages: [half] } });

    expect((await loadTaskSnapshot(database, taskId))?.state.stages[0]?.text).toBe('x\ud83d');
  });

  it.each<[string, (state: TaskState) => Prisma.InputJsonValue]>([
    ['a status of a later version', (state) => ({ ...plain(state), status: 'paused' })],
    ['a stage of a later version', (state) => ({ ...plain(state), stages: [{ name: 's', status: 'paused' }] })],
    ['no object', () => 'a state'],
  ])('is rebuilt from its readable parts and the row if it has %s (MUST 19)', async (_what, stored) => {
    await saveTaskSnapshot(database, { seq: 5, state: running(50) });
    const data = { snapshot: stored(running(50)), status: 'running', attempt: 1 } as const;
    await database.task.update({ where: { id: taskId }, data });
    const state = { ...running(50), priority: expect.any(Number), incomplete: true };
    expect(await loadTaskSnapshot(database, taskId)).toEqual({ seq: 5, state });
    await database.task.update({ where: { id: taskId }, data: { status: 'canceled' } });
    expect((await loadTaskSnapshot(database, taskId))?.state.status).toBe('canceled');
  });

  it('never replaces the state of an ended task', async () => {
    await recordTaskEnd(database, { seq: 9, state: ended() });
    await saveTaskSnapshot(database, { seq: 12, state: running(50) });

    expect(await loadTaskSnapshot(database, taskId)).toEqual({ seq: 9, state: ended() });
    expect(await row()).toMatchObject({ status: 'done', percent: 100, snapshotSeq: 9n });
  });

  it('of an end writes the whole row, even after a snapshot of the same seq', async () => {
    await saveTaskSnapshot(database, { seq: 9, state: running(50) });
    await recordTaskEnd(database, { seq: 9, state: ended() });

    expect(await row()).toMatchObject({ status: 'done', endedAt: new Date(9_000) });
  });
});

describe('markArchived', () => {
  it('marks an ended task once, and no unfinished task', async () => {
    await markArchived(database, taskId);
    expect(await row()).toMatchObject({ archivedAt: null });

    await recordTaskEnd(database, { seq: 9, state: ended() });
    await markArchived(database, taskId);
    const { archivedAt } = await row();
    expect(archivedAt).toBeInstanceOf(Date);
    await markArchived(database, taskId);
    expect(await row()).toMatchObject({ archivedAt });
  });
});

describe('stage results', () => {
  it('are stored exactly, with the latest of each stage', async () => {
    expect(await loadStageResults(database, taskId)).toEqual(new Map());
    await saveStageResult(database, { taskId, stage: 'parse', result: { pages: 3 } });
    await saveStageResult(database, { taskId, stage: 'parse', result: { pages: 4, text: 'half \ud83d\0' } });
    await saveStageResult(database, { taskId, stage: 'index', result: null });

    expect(await loadStageResults(database, taskId)).toEqual(
      new Map<string, unknown>([
        ['parse', { pages: 4, text: 'half \ud83d\0' }],
        ['index', null],
      ]),
    );
  });
});

import { firstSeq, fold, initialTaskState, readEntry, taskEventSchema, type TaskEvent } from '@taskwire/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  archiveEvents,
  archivedThrough,
  loadHistory,
  loadTaskSnapshot,
  saveTaskSnapshot,
  type Database,
} from '../index.ts';
import { openMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts';
import { createTaskRow } from '../testing/task-row.ts';

let test: MigratedDatabase;
let database: Database;

beforeAll(async () => {
  test = await openMigratedDatabase();
  ({ database } = test);
});
afterAll(() => test.close());

interface TaskIds {
  taskId: string;
  projectId: string;
}

/** A log of `count` events: every `every`th is one that merges with no other, with tokens between them. */
function logOf(ids: TaskIds, count: number, every: number): TaskEvent[] {
  let offset = 0;
  return Array.from({ length: count }, (_, index) => {
    const seq = index + 1;
    const base = { ...ids, seq, attempt: 1, at: 1_000 + seq };
    if (seq % every === 0) return taskEventSchema.parse({ ...base, type: 'log', level: 'info', message: `${seq}` });
    const text = `${seq} `;
    offset += text.length;
    return taskEventSchema.parse({ ...base, type: 'token', stage: 'write', text, offset: offset - text.length });
  });
}

/** The seqs that an event covers, as `from-to`. */
const rangesOf = (events: readonly TaskEvent[]) => events.map((event) => `${firstSeq(event)}-${event.seq}`);

const everything = (taskId: string) => loadHistory(database, taskId, { afterSeq: 0, limit: 10_000 });

describe('the history of a task', () => {
  it('has every event once, merged and in order, and folds to the same state', async () => {
    const ids = await createTaskRow(database);
    const log = logOf(ids, 10, 4);
    await archiveEvents(database, ids.taskId, log);

    const history = await everything(ids.taskId);
    expect(rangesOf(history)).toEqual(['1-3', '4-4', '5-7', '8-8', '9-10']);
    const initial = initialTaskState({ ...ids, kind: 'demo.count' });
    expect(fold(initial, history)).toEqual(fold(initial, log));
    expect(await archivedThrough(database, ids.taskId)).toBe(10);
  });

  it('appends overlapping events without a duplicate', async () => {
    const ids = await createTaskRow(database);
    const log = logOf(ids, 30, 4);
    await archiveEvents(database, ids.taskId, log.slice(0, 10));
    await archiveEvents(database, ids.taskId, log.slice(0, 10));
    await archiveEvents(database, ids.taskId, log.slice(5, 20));
    await archiveEvents(database, ids.taskId, log);

    const whole = await createTaskRow(database);
    await archiveEvents(database, whole.taskId, logOf(whole, 30, 4));
    expect(rangesOf(await everything(ids.taskId))).toEqual(rangesOf(await everything(whole.taskId)));
  });

  it('has no hole and no duplicate after several writers at once', async () => {
    const ids = await createTaskRow(database);
    const log = logOf(ids, 60, 2);
    await Promise.all([10, 60, 25, 40, 60].map((end) => archiveEvents(database, ids.taskId, log.slice(0, end))));

    expect((await everything(ids.taskId)).map((event) => event.seq)).toEqual(log.map((event) => event.seq));
  });

  it('has at most 500 events per piece and is read in pages', async () => {
    const ids = await createTaskRow(database);
    await archiveEvents(database, ids.taskId, logOf(ids, 1_200, 1));

    expect(await database.taskHistory.count({ where: { taskId: ids.taskId } })).toBe(3);
    const first = await loadHistory(database, ids.taskId, { afterSeq: 0, limit: 700 });
    const second = await loadHistory(database, ids.taskId, { afterSeq: 700, limit: 700 });
    expect([...first, ...second].map((event) => event.seq)).toEqual(Array.from({ length: 1_200 }, (_, at) => at + 1));
    expect(await loadHistory(database, ids.taskId, { afterSeq: 1_200, limit: 700 })).toEqual([]);
  });

  it('is read in pages, also from many small pieces', async () => {
    const ids = await createTaskRow(database);
    for (const event of logOf(ids, 50, 1)) await archiveEvents(database, ids.taskId, [event]);

    expect((await everything(ids.taskId)).map((event) => event.seq)).toEqual(
      Array.from({ length: 50 }, (_, at) => at + 1),
    );
    expect(await loadHistory(database, ids.taskId, { afterSeq: 20, limit: 25 })).toHaveLength(25);
  });

  it('keeps a character whose halves were archived at different times', async () => {
    const ids = await createTaskRow(database);
    const base = { ...ids, attempt: 1, at: 1, type: 'token' as const, stage: 'write' };
    await archiveEvents(database, ids.taskId, [{ ...base, seq: 1, text: '\ud83d', offset: 0 }]);
    await archiveEvents(database, ids.taskId, [{ ...base, seq: 2, text: '\ude00', offset: 1 }]);

    expect(await everything(ids.taskId)).toMatchObject([{ fromSeq: 1, seq: 2, text: '\u{1f600}' }]);
  });

  it('merges values of channels, also of different archivings, and folds to the same state', async () => {
    const ids = await createTaskRow(database);
    const base = { ...ids, attempt: 1, at: 1, type: 'data' };
    const log = Array.from({ length: 12 }, (_, index) => {
      const list = { ...base, seq: index + 1, channel: 'notes', keep: 3, index, values: [`${index}`] };
      return taskEventSchema.parse(index < 8 ? list : { ...base, seq: index + 1, channel: 'preview', value: index });
    });
    await archiveEvents(database, ids.taskId, log.slice(0, 5));
    await archiveEvents(database, ids.taskId, log);

    const history = await everything(ids.taskId);
    expect(history).toMatchObject([
      { fromSeq: 1, seq: 8, index: 5, values: ['5', '6', '7'] },
      { fromSeq: 9, seq: 12, value: 11 },
    ]);
    const initial = initialTaskState({ ...ids, kind: 'demo.count' });
    expect(fold(initial, history)).toEqual(fold(initial, log));
  });

  it('holds seqs of a log that restarted from the clock', async () => {
    const ids = await createTaskRow(database);
    const seq = 17_000_000_000_001;
    await archiveEvents(database, ids.taskId, [
      { ...ids, seq, attempt: 1, at: 1, type: 'log', level: 'info', message: 'late' },
    ]);

    expect(await everything(ids.taskId)).toMatchObject([{ seq }]);
    expect(await archivedThrough(database, ids.taskId)).toBe(seq);
  });

  it('keeps an entry that this version cannot read unchanged, for a version that can (MUST 19)', async () => {
    const ids = await createTaskRow(database);
    const entry = { ...ids, seq: 2, attempt: 1, at: 1, type: 'paused', until: 9 };
    const events = [...logOf(ids, 1, 1), readEntry(JSON.stringify(entry)), ...logOf(ids, 3, 1).slice(2)];
    await archiveEvents(database, ids.taskId, events);

    const unreadable = { ...ids, seq: 2, attempt: 1, at: 1, type: 'unreadable', originalType: 'paused' };
    expect(await everything(ids.taskId)).toMatchObject([{ seq: 1 }, unreadable, { seq: 3 }]);
    const [row] = await database.taskHistory.findMany({ where: { taskId: ids.taskId } });
    expect(JSON.stringify(row?.events)).toContain(JSON.stringify(JSON.stringify(entry)));
    // Simulates a version that knows the type, with a type that this version knows.
    const known = JSON.stringify({ ...entry, type: 'canceling', requestedBy: 'ada' });
    const kept = [{ ...unreadable, stored: known }];
    await database.taskHistory.updateMany({
      where: { taskId: ids.taskId },
      data: { events: kept, fromSeq: 2, toSeq: 2 },
    });
    expect(await everything(ids.taskId)).toMatchObject([{ seq: 2, type: 'canceling', requestedBy: 'ada' }]);
  });

  it.each([
    ['no list', 'x', [{ fromSeq: 1, seq: 3 }]],
    ['an empty list', [], [{ fromSeq: 1, seq: 3 }]],
    ['a list of other things', [1, null, 'x'], [{ seq: 1 }, { seq: 2 }, { seq: 3 }]],
    [
      'a list with a hole',
      [{ seq: 1, type: 'novel' }, 'x', { seq: 3, type: 'novel' }],
      [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
    ],
  ])('gives every number of a piece that is %s its place (MUST 19)', async (_what, stored, places) => {
    const ids = await createTaskRow(database);
    await archiveEvents(database, ids.taskId, logOf(ids, 3, 1));
    await database.taskHistory.updateMany({ where: { taskId: ids.taskId }, data: { events: stored } });
    const events = await everything(ids.taskId);
    expect(events).toMatchObject(places.map((place) => ({ ...place, type: 'unreadable', taskId: ids.taskId })));
    expect(events).toHaveLength(places.length);
  });

  it('drops events of a deleted task', async () => {
    const ids = { taskId: '00000000-0000-4000-8000-000000000000', projectId: '00000000-0000-4000-8000-000000000001' };
    await archiveEvents(database, ids.taskId, logOf(ids, 3, 2));

    expect(await everything(ids.taskId)).toEqual([]);
  });

  it('can be written and read through an extended client', async () => {
    const extended = database.$extends({ query: { $allOperations: ({ args, query }) => query(args) } });
    const ids = await createTaskRow(database);
    await archiveEvents(extended, ids.taskId, logOf(ids, 3, 1));
    await saveTaskSnapshot(extended, { seq: 3, state: initialTaskState({ ...ids, kind: 'demo.count' }) });

    expect(await loadHistory(extended, ids.taskId, { afterSeq: 0, limit: 10 })).toHaveLength(3);
    expect(await archivedThrough(extended, ids.taskId)).toBe(3);
    expect(await loadTaskSnapshot(extended, ids.taskId)).toMatchObject({ seq: 3 });
  });
});

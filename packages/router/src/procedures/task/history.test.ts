import { fold, initialTaskState, type TaskEvent } from '@taskwire/protocol';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callAs, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
let taskId: string;
const alice = () => callAs(ports, 'alice');

beforeEach(async () => {
  ports = new MemoryPorts();
  ({ taskId } = await alice().task.create({ kind: 'demo.count', input: {} }));
});

function writeTokens(count: number): void {
  const from = ports.events.eventsOf(taskId).filter(({ type }) => type === 'token').length;
  for (let offset = from; offset < from + count; offset += 1)
    ports.events.write(taskId, { type: 'token', stage: 'count', text: 'x', offset });
}

const log = (message: string) => ports.events.write(taskId, { type: 'log', level: 'info', message });

/** Moves what is archived out of the log, as trimming does. */
function archive(...events: TaskEvent[]): void {
  const last = events.at(-1)?.seq ?? 0;
  const read = ports.events.read.bind(ports.events);
  ports.archive.set(taskId, events);
  vi.spyOn(ports.events, 'read').mockImplementation((task, afterSeq, limit) =>
    read(task, Math.max(afterSeq, last), limit),
  );
}

async function allPages(limit: number): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await alice().task.history({ taskId, limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    events.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return events;
}

describe('task.history', () => {
  it('continues in the log after the archive, and folds to the state of the log (MUST 10)', async () => {
    writeTokens(3);
    const whole = ports.events.eventsOf(taskId);
    archive(...whole);
    writeTokens(4);
    log('end');
    ports.events.write(taskId, { type: 'done', output: { counted: 1 }, durationMs: 1 });
    const { items, nextCursor } = await alice().task.history({ taskId });
    expect(nextCursor).toBeUndefined();
    expect(items.map(({ type, seq }) => [type, seq])).toEqual([
      ['queued', 1],
      ['token', 2],
      ['token', 3],
      ['token', 4],
      ['token', 8],
      ['log', 9],
      ['done', 10],
    ]);
    expect(items[4]).toMatchObject({ fromSeq: 5, text: 'xxxx', offset: 3 });
    const initial = initialTaskState(ports.storedTasks.get(taskId) ?? { taskId, projectId: '', kind: '' });
    const { status, stages } = ports.events.snapshotNow(taskId).state;
    expect(fold(initial, items)).toMatchObject({ status, stages });
  });

  it.each([1, 2, 3, 5])('gives every event once, in order, in pages of %i', async (limit) => {
    for (let index = 0; index < 4; index += 1) log(`${index}`);
    archive(...ports.events.eventsOf(taskId));
    for (let index = 4; index < 8; index += 1) log(`${index}`);
    expect((await allPages(limit)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('reads a log that is longer than one read', async () => {
    writeTokens(2_500);
    log('end');
    const events = await allPages(200);
    expect(events.at(-1)).toMatchObject({ type: 'log', seq: 2_502 });
    const text = events.flatMap((event) => (event.type === 'token' ? [event.text] : [])).join('');
    expect(text).toHaveLength(2_500);
  });

  it('leaves no hole if events are archived and trimmed between its two reads', async () => {
    for (let index = 0; index < 4; index += 1) log(`${index}`);
    const whole = ports.events.eventsOf(taskId);
    const read = ports.events.read.bind(ports.events);
    vi.spyOn(ports.events, 'read').mockImplementationOnce((task, _afterSeq, limit) => {
      ports.archive.set(taskId, [...whole]);
      return read(task, 4, limit);
    });
    expect((await allPages(100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('shows events that Redis lost for good as a hole in the seqs', async () => {
    const [queued] = ports.events.eventsOf(taskId);
    if (queued === undefined) throw new Error('no event');
    ports.archive.set(taskId, [queued, { ...queued, seq: 17_000_000_000_001 }]);
    expect((await allPages(100)).map(({ seq }) => seq)).toEqual([1, 17_000_000_000_001]);
  });

  it.each(['x', '-1', '1.5', '1_2', '', '9'.repeat(16)])('refuses the cursor %j, naming the field', async (cursor) => {
    const answer = await refusal(alice().task.history({ taskId, cursor }));
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'cursor' }] });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { callAs, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
let taskId: string;
const alice = () => callAs(ports, 'alice');

beforeEach(async () => {
  ports = new MemoryPorts();
  ({ taskId } = await alice().task.create({ kind: 'demo.count', input: {} }));
});

const write = (message: string) => ports.events.write(taskId, { type: 'log', level: 'info', message });
const done = () => ports.events.write(taskId, { type: 'done', output: { counted: 1 }, durationMs: 1 });

describe('task.poll', () => {
  it('gives a snapshot first, then the messages after the cursor, as onProgress does', async () => {
    const first = await alice().task.poll({ taskId });
    expect(first).toMatchObject({ messages: [{ type: 'snapshot', seq: 1 }], lastEventId: '1', ended: false });
    write('a');
    write('b');
    const second = await alice().task.poll({ taskId, lastEventId: first.lastEventId });
    expect(second).toMatchObject({ messages: [{ seq: 2 }, { seq: 3 }], lastEventId: '3', ended: false });
  });

  it('waits for the next message', async () => {
    setImmediate(() => write('a'));
    expect(await alice().task.poll({ taskId, lastEventId: '1' })).toMatchObject({ messages: [{ seq: 2 }] });
  });

  it('answers without messages and with the same cursor when the wait is over', async () => {
    const answer = await alice().task.poll({ taskId, lastEventId: '1', waitMs: 0 });
    expect(answer).toEqual({ messages: [], lastEventId: '1', ended: false });
  });

  it('is ended with the terminal message, with its snapshot, and for a cursor at the end', async () => {
    done();
    expect(await alice().task.poll({ taskId, lastEventId: '1' })).toMatchObject({
      messages: [{ type: 'done', output: { counted: 1 } }],
      ended: true,
    });
    expect(await alice().task.poll({ taskId })).toMatchObject({ messages: [{ type: 'snapshot' }], ended: true });
    expect(await alice().task.poll({ taskId, lastEventId: '2' })).toEqual({
      messages: [],
      lastEventId: '2',
      ended: true,
    });
  });

  it.each([
    [{ lastEventId: 'x' }, 'lastEventId'],
    [{ waitMs: -1 }, 'waitMs'],
    [{ waitMs: 30_001 }, 'waitMs'],
  ])('refuses %j, naming the field', async (input, path) => {
    const answer = await refusal(alice().task.poll({ taskId, ...input }));
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path }] });
  });
});

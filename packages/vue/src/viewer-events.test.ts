import { TaskwireClientError, type SelectedMessage, type TaskState, type TaskView } from '@taskwire/client';
import type { countTask, resizeTask } from '@taskwire/client/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { emitChanges } from './viewer-events.ts';
import type { ViewerEmitters } from './viewer-types.ts';

type Count = typeof countTask;
type Resize = typeof resizeTask;

const state: TaskState<Count> = {
  taskId: 'task',
  projectId: 'project',
  kind: 'demo.count',
  status: 'running',
  attempt: 1,
  priority: 5,
  percent: 0,
  stages: [],
  logs: [],
  channels: {},
};
const ids = { taskId: 'task', projectId: 'project', attempt: 1, at: 0 };
const base = { ...ids, stage: 'count' };
const token: SelectedMessage<Count> = { ...base, seq: 4, type: 'token', text: 'one', offset: 0 };
const progress: SelectedMessage<Count> = { ...base, seq: 5, type: 'progress', current: 1, total: 2, percent: 50 };

function view(changes: Partial<TaskView<Count>>): TaskView<Count> {
  return { connection: 'live', seq: 3, state, lastMessage: undefined, gap: undefined, error: undefined, ...changes };
}

let emitted: unknown[][];
const emitters: ViewerEmitters<Count> = {
  connected: () => emitted.push(['connected']),
  disconnected: () => emitted.push(['disconnected']),
  token: (message) => emitted.push(['token', message]),
  progress: (message) => emitted.push(['progress', message]),
  data: (message) => emitted.push(['data', message]),
  done: (last) => emitted.push(['done', last]),
  error: ({ code }) => emitted.push(['error', code]),
};

/** The events for a sequence of views. */
function emitAll(views: TaskView<Count>[]): unknown[][] {
  views.forEach((now, index) => emitChanges(emitters, now, views[index - 1]));
  return emitted;
}

beforeEach(() => {
  emitted = [];
});

describe('emitChanges', () => {
  it('emits each message once, and no message from before the first view', () => {
    const views = [
      view({}),
      view({ lastMessage: token }),
      view({ lastMessage: progress }),
      view({ lastMessage: progress }),
    ];
    expect(emitAll(views)).toEqual([['connected'], ['token', token], ['progress', progress]]);
  });

  it('emits each loss of the connection and each reconnect', () => {
    const names = emitAll([
      view({ connection: 'connecting' }),
      view({}),
      view({ connection: 'reconnecting' }),
      view({}),
      view({ connection: 'idle' }),
    ]);
    expect(names).toEqual([['connected'], ['disconnected'], ['connected'], ['disconnected']]);
  });

  it('emits the end once, before the stream closes', () => {
    const done: TaskState<Count> = { ...state, status: 'done', output: { counted: 2 } };
    const views = [view({}), view({ state: done }), view({ state: done, connection: 'ended' })];
    expect(emitAll(views)).toEqual([['connected'], ['done', done], ['disconnected']]);
  });

  it('emits an error if the output of a done task cannot be read', () => {
    const done: TaskState<Count> = { ...state, status: 'done', unreadableOutput: { counted: 'two' } };
    expect(emitAll([view({ state: done, connection: 'ended' })])).toEqual([['error', 'END_UNREADABLE']]);
  });

  it('emits each event of a channel', () => {
    const preview = { width: 80, url: '/80.png' };
    const message: SelectedMessage<Resize> = { ...ids, seq: 4, type: 'data', channel: 'preview', value: preview };
    const resizing = { ...view({}), state: undefined, lastMessage: undefined };
    const received: unknown[] = [];
    emitChanges<Resize>(
      { ...emitters, done: () => undefined, data: (data) => data.channel === 'preview' && received.push(data.value) },
      { ...resizing, lastMessage: message },
      resizing,
    );
    expect(received).toEqual([preview]);
  });

  it('emits the end of a task that ended before the first view', () => {
    const failed: TaskState<Count> = {
      ...state,
      status: 'error',
      error: { code: 'NO_LUCK', message: 'no luck' },
    };
    expect(emitAll([view({ state: failed, connection: 'ended' })])).toEqual([['error', 'NO_LUCK']]);
  });

  it('takes the views of another task for first views, if the client knows that task already', () => {
    const done: TaskState<Count> = { ...state, status: 'done', output: { counted: 2 } };
    const other: TaskState<Count> = { ...done, taskId: 'other' };
    const known = view({ state: other, lastMessage: token, connection: 'ended' });
    expect(emitAll([view({ state: done, connection: 'ended' }), known])).toEqual([
      ['done', done],
      ['done', other],
    ]);
    emitted = [];
    const live = view({ state: { ...state, taskId: 'other' }, lastMessage: token });
    expect(emitAll([view({}), live])).toEqual([['connected'], ['disconnected'], ['connected']]);
  });

  it('emits an error only for a connection that does not come back by itself', () => {
    const away = new TaskwireClientError('NETWORK', 'away');
    const refused = new TaskwireClientError('NOT_FOUND', 'no such task');
    expect(emitAll([view({ connection: 'reconnecting', error: away })])).toEqual([]);
    expect(emitAll([view({ connection: 'failed', error: refused })])).toEqual([['error', 'NOT_FOUND']]);
  });
});

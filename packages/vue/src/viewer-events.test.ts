import type { TaskMessage, TaskState, TaskView } from '@taskwire/client';
import { TaskwireClientError } from '@taskwire/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { emitChanges, type ViewerEmitters } from './viewer-events.ts';

const state: TaskState<'demo.count'> = {
  taskId: 'task',
  projectId: 'project',
  kind: 'demo.count',
  status: 'running',
  attempt: 1,
  priority: 5,
  percent: 0,
  stages: [],
  logs: [],
};
const base = { taskId: 'task', projectId: 'project', attempt: 1, at: 0, stage: 'count' };
const token: TaskMessage<'demo.count'> = { ...base, seq: 4, type: 'token', text: 'one', offset: 0 };
const progress: TaskMessage<'demo.count'> = { ...base, seq: 5, type: 'progress', current: 1, total: 2, percent: 50 };

function view(changes: Partial<TaskView<'demo.count'>>): TaskView<'demo.count'> {
  return { connection: 'live', seq: 3, state, lastMessage: undefined, gap: undefined, error: undefined, ...changes };
}

let emitted: unknown[][];
const emitters: ViewerEmitters<'demo.count'> = {
  connected: () => emitted.push(['connected']),
  disconnected: () => emitted.push(['disconnected']),
  token: (message) => emitted.push(['token', message]),
  progress: (message) => emitted.push(['progress', message]),
  done: (last) => emitted.push(['done', last]),
  error: ({ code }) => emitted.push(['error', code]),
};

/** The events for a sequence of views. */
function emitAll(views: TaskView<'demo.count'>[]): unknown[][] {
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
    const done: TaskState<'demo.count'> = { ...state, status: 'done', output: { counted: 2 } };
    const views = [view({}), view({ state: done }), view({ state: done, connection: 'ended' })];
    expect(emitAll(views)).toEqual([['connected'], ['done', done], ['disconnected']]);
  });

  it('emits the end of a task that ended before the first view', () => {
    const failed: TaskState<'demo.count'> = {
      ...state,
      status: 'error',
      error: { code: 'NO_LUCK', message: 'no luck' },
    };
    expect(emitAll([view({ state: failed, connection: 'ended' })])).toEqual([['error', 'NO_LUCK']]);
  });

  it('emits an error only for a connection that does not come back by itself', () => {
    const away = new TaskwireClientError('NETWORK', 'away');
    const refused = new TaskwireClientError('NOT_FOUND', 'no such task');
    expect(emitAll([view({ connection: 'reconnecting', error: away })])).toEqual([]);
    expect(emitAll([view({ connection: 'failed', error: refused })])).toEqual([['error', 'NOT_FOUND']]);
  });
});

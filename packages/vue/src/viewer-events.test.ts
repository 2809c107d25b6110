import type { TaskMessage, TaskState, TaskView } from '@taskwire/client';
import { TaskwireClientError } from '@taskwire/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { tellChanges, type ViewerEmitters } from './viewer-events.ts';

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

let told: unknown[][];
const emitters: ViewerEmitters<'demo.count'> = {
  connected: () => told.push(['connected']),
  disconnected: () => told.push(['disconnected']),
  token: (message) => told.push(['token', message]),
  progress: (message) => told.push(['progress', message]),
  done: (last) => told.push(['done', last]),
  error: ({ code }) => told.push(['error', code]),
};

/** What is told on the way through these views. */
function tellAll(views: TaskView<'demo.count'>[]): unknown[][] {
  views.forEach((now, index) => tellChanges(emitters, now, views[index - 1]));
  return told;
}

beforeEach(() => {
  told = [];
});

describe('tellChanges', () => {
  it('tells every message once, and nothing of what was there before', () => {
    const views = [
      view({}),
      view({ lastMessage: token }),
      view({ lastMessage: progress }),
      view({ lastMessage: progress }),
    ];
    expect(tellAll(views)).toEqual([['connected'], ['token', token], ['progress', progress]]);
  });

  it('tells each loss of the connection and each return', () => {
    const names = tellAll([
      view({ connection: 'connecting' }),
      view({}),
      view({ connection: 'reconnecting' }),
      view({}),
      view({ connection: 'idle' }),
    ]);
    expect(names).toEqual([['connected'], ['disconnected'], ['connected'], ['disconnected']]);
  });

  it('tells the end once, before the stream is closed', () => {
    const done: TaskState<'demo.count'> = { ...state, status: 'done', output: { counted: 2 } };
    const views = [view({}), view({ state: done }), view({ state: done, connection: 'ended' })];
    expect(tellAll(views)).toEqual([['connected'], ['done', done], ['disconnected']]);
  });

  it('tells the end of a task that had ended before anybody watched', () => {
    const failed: TaskState<'demo.count'> = {
      ...state,
      status: 'error',
      error: { code: 'NO_LUCK', message: 'no luck' },
    };
    expect(tellAll([view({ state: failed, connection: 'ended' })])).toEqual([['error', 'NO_LUCK']]);
  });

  it('takes a connection that comes back by itself for no error, and one that does not for one', () => {
    const away = new TaskwireClientError('NETWORK', 'away');
    const refused = new TaskwireClientError('NOT_FOUND', 'no such task');
    expect(tellAll([view({ connection: 'reconnecting', error: away })])).toEqual([]);
    expect(tellAll([view({ connection: 'failed', error: refused })])).toEqual([['error', 'NOT_FOUND']]);
  });
});

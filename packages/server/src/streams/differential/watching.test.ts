import { afterAll, beforeAll, describe, test } from 'vitest';
import { watchAll, watchProject, watchTask } from './testing/scenarios/asks.ts';
import { AWKWARD_TEXT, log, progress, token } from './testing/scenarios/drafts.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const tasks: Scenario[] = [
  {
    name: 'a new watcher of a task gets a snapshot',
    ask: watchTask(),
    until: /^id: 2$/m,
    outline: 'connected | 2 snapshot',
  },
  {
    name: 'events come one by one as they happen, and the end with the terminal one',
    ask: watchTask(),
    async during({ task }) {
      await task.writer.append([{ type: 'stage', stage: 'count', status: 'running', weight: 1 }]);
      await task.writer.append([progress(1)]);
      await task.writer.append([token('one', 0)]);
      await task.log('half');
      await task.done();
    },
    outline: 'connected | 2 snapshot | 3 stage | 4 progress | 5 token | 6 log | 7 done | return',
  },
  {
    name: 'some events that are written at once come one by one too',
    ask: watchTask(),
    async during({ task }) {
      await task.writer.append(Array.from({ length: 9 }, (_each, index) => progress(index)));
      await task.done();
    },
    outline: /^connected \| 2 snapshot( \| \d+ progress){9} \| 12 done \| return$/,
  },
  {
    name: 'of hundreds that are written at once each comes once, alone or merged',
    ask: watchTask(),
    merging: true,
    async during({ task }) {
      const text = '0123456789';
      const tokens = Array.from({ length: 300 }, (_each, index) => token(text, index * text.length));
      await task.writer.append([...tokens, log('half'), progress(1), progress(2), log('more'), ...tokens.slice(0, 1)]);
      await task.done();
    },
    outline: /^connected \| 2 snapshot.* \| 303 log .* \| 306 log .* \| 308 done \| return$/,
  },
  {
    name: 'text with line breaks and of any alphabet comes as it was written',
    ask: watchTask(),
    async during({ task }) {
      await task.writer.append([token(AWKWARD_TEXT, 0), log(AWKWARD_TEXT), { ...progress(1), itemName: AWKWARD_TEXT }]);
      await task.done();
    },
    outline: 'connected | 2 snapshot | 3 token | 4 log | 5 progress | 6 done | return',
  },
  {
    name: 'a task that is retried, asked to stop, and canceled',
    ask: watchTask(),
    async during({ task, pair: { trpc } }) {
      await task.writer.append([{ type: 'retrying', delayMs: 5, error: { code: 'HANDLER_FAILED', message: 'no' } }]);
      await trpc.connections.eventLog.append(task, { type: 'canceling', requestedBy: 'somebody' });
      await trpc.connections.eventLog.append(task, { type: 'canceled', reason: 'enough' });
    },
    outline: 'connected | 2 snapshot | 3 retrying | 4 canceling | 5 canceled | return',
  },
  {
    name: 'an error of a task is an event, not an error of the stream',
    ask: watchTask(),
    during: ({ task }) => task.writer.append([{ type: 'error', code: 'HANDLER_FAILED', message: 'no' }]),
    outline: 'connected | 2 snapshot | 3 error | return',
  },
  {
    name: 'unknown keys of the input are no matter',
    ask: watchTask({ unknown: 1 }),
    until: /^id: 2$/m,
    outline: 'connected | 2 snapshot',
  },
  {
    name: 'a cursor that is null is none',
    ask: watchTask({ lastEventId: null }),
    until: /^id: 2$/m,
    outline: 'connected | 2 snapshot',
  },
  {
    name: 'a cursor that is empty is none',
    ask: watchTask({ lastEventId: '' }),
    until: /^id: 2$/m,
    outline: 'connected | 2 snapshot',
  },
];

const topics: Scenario[] = [
  {
    name: 'a new watcher of a project gets its unfinished tasks, then all their events',
    ask: watchProject(),
    async during({ task }) {
      await task.writer.append([progress(1), token('one', 0), log(AWKWARD_TEXT)]);
      await task.done();
    },
    until: /"type":"done"/,
    outline: 'connected | snapshot of 1 | event progress | event token | event log | event done',
  },
  {
    name: 'a new watcher of all tasks gets the unfinished ones, then their life cycle',
    ask: watchAll({}),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | snapshot of 1 | event done',
  },
  {
    name: 'all tasks can be watched without any input',
    ask: watchAll(),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | snapshot of 1 | event done',
  },
  {
    name: 'a task that is created while its project is watched has its events in the stream',
    ask: watchProject(),
    async during({ task, pair: { trpc } }) {
      const client = await trpc.client(task.ownerId);
      const { taskId } = await client.task.create.mutate({ kind: 'demo.count', input: {} });
      await client.task.cancel.mutate({ taskId });
    },
    until: /"type":"canceled"/,
    outline: 'connected | snapshot of 1 | event queued | event canceling | event canceled',
  },
];

describe.each([
  ['a task', tasks],
  ['topics', topics],
])('%s: the gateway sends the same as tRPC', (_what, scenarios) => {
  test.each(scenarios)('$name', (scenario) => runScenario(pair, scenario));
});

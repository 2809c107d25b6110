import { afterAll, beforeAll, describe, test } from 'vitest';
import { watchAll, watchProject, watchTask } from './testing/scenarios/asks.ts';
import { log, progress } from './testing/scenarios/drafts.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario, Stage } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const threeLines = ({ task }: Stage) => task.log('a', 'b', 'c');

const cursors: Scenario[] = [
  { how: 'in the input', ask: watchTask({ lastEventId: '3' }) },
  { how: 'in the header', ask: watchTask({}, { headers: { 'last-event-id': '3' } }), withoutLinks: true },
  { how: 'in the address', ask: watchTask({}, { query: { lastEventId: '3' } }), withoutLinks: true },
  {
    how: 'in the address, as it is also spelled',
    ask: watchTask({}, { query: { 'Last-Event-Id': '3' } }),
    withoutLinks: true,
  },
  {
    how: 'in the header, before those in address and input',
    ask: watchTask({ lastEventId: '1' }, { headers: { 'last-event-id': '3' }, query: { lastEventId: '2' } }),
    withoutLinks: true,
  },
  {
    how: 'in the address, before that in the input',
    ask: watchTask({ lastEventId: '1' }, { query: { lastEventId: '3' } }),
    withoutLinks: true,
  },
].map(({ how, ...rest }) => ({
  name: `a watcher of a task goes on after its cursor: ${how}`,
  before: threeLines,
  during: ({ task }) => task.done(),
  outline: 'connected | 4 log | 5 log | 6 done | return',
  ...rest,
}));

const places: Scenario[] = [
  {
    name: 'a watcher whose cursor is the last event gets only what comes',
    before: threeLines,
    ask: watchTask({ lastEventId: '5' }),
    ready: 'connected',
    during: ({ task }) => task.done(),
    outline: 'connected | 6 done | return',
  },
  {
    name: 'a watcher with cursor 0 gets every event and no snapshot',
    ask: watchTask({ lastEventId: '0' }),
    during: ({ task }) => task.done(),
    outline: /^connected \| 1 queued \| 2 started \| 3 done \| return$/,
  },
  {
    name: 'a watcher that is far behind gets everything, merged where it may be',
    async before({ task }) {
      await task.writer.append(Array.from({ length: 200 }, (_each, index) => progress(index / 20)));
      await task.writer.append([log('half'), ...Array.from({ length: 200 }, () => progress(10))]);
      await task.done();
    },
    ask: watchTask({ lastEventId: '3' }),
    merging: true,
    outline: /^connected \| .*progress from 4.*done \| return$/,
  },
];

/** The number of the newest message of a topic, from its snapshot. */
async function topicSeq({ task, pair: { trpc } }: Stage, topic: { projectId: string } | { ownerId: string }) {
  await trpc.connections.eventLog.relay(task);
  const leaving = new AbortController();
  const { signal } = leaving;
  for await (const message of trpc.connections.eventLog.followTopic(topic, { cursor: undefined }, signal)) {
    leaving.abort();
    return message.seq;
  }
  throw new Error('no snapshot');
}

const topics: Scenario[] = [
  {
    name: 'a watcher of a project goes on after its cursor',
    before: threeLines,
    ask: async (stage) =>
      watchProject({ lastEventId: String((await topicSeq(stage, { projectId: stage.task.projectId })) - 2) })(stage),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | event log | event log | event done',
  },
  {
    name: 'a watcher of a project whose cursor is the newest gets only what comes',
    ask: async (stage) =>
      watchProject({ lastEventId: String(await topicSeq(stage, { projectId: stage.task.projectId })) })(stage),
    ready: 'connected',
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | event done',
  },
  {
    name: 'a watcher of a project goes on under its filter',
    before: threeLines,
    ask: async (stage) =>
      watchProject({
        types: ['done'],
        lastEventId: String((await topicSeq(stage, { projectId: stage.task.projectId })) - 2),
      })(stage),
    ready: 'connected',
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | event done after others',
  },
  {
    name: 'a watcher of all tasks goes on after its cursor',
    ask: async (stage) =>
      watchAll({ lastEventId: String((await topicSeq(stage, { ownerId: stage.task.ownerId })) - 1) })(),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | event started | event done',
  },
];

describe.each([
  ['a cursor', [...cursors, ...places]],
  ['a cursor in a topic', topics],
])('%s: the gateway sends the same as tRPC', (_what, scenarios) => {
  test.each(scenarios)('$name', (scenario) => runScenario(pair, scenario));
});

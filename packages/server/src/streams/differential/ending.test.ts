import { afterAll, beforeAll, describe, test } from 'vitest';
import { breakLog, spoilLog } from '../../testing/lose-logs.ts';
import { watchTask } from './testing/scenarios/asks.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario, Stage } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const ended = ({ task }: Stage) => task.done();

const ends: Scenario[] = [
  {
    name: 'a watcher that comes after the end gets the last state and the end',
    before: ended,
    ask: watchTask(),
    outline: 'connected | 3 snapshot | return',
  },
  {
    name: 'a watcher that comes back after the end gets the rest and the end',
    before: ended,
    ask: watchTask({ lastEventId: '1' }),
    outline: 'connected | 2 started | 3 done | return',
  },
  {
    name: 'a watcher that had the last event gets the end alone',
    before: ended,
    ask: watchTask({ lastEventId: '3' }),
    outline: 'connected | return',
  },
  {
    name: 'a watcher whose cursor is beyond the end gets the gap, the last state and the end',
    before: ended,
    ask: watchTask({ lastEventId: '4' }),
    outline: 'connected | 3 snapshot gap 4-4 | return',
  },
];

const unfit = ({ task }: Stage) => task.writer.append([{ type: 'done', output: { counted: 'many' }, durationMs: 1 }]);

const unreadable: Scenario[] = [
  {
    name: 'a result that is not what its kind gives is unreadable, and ends the stream well',
    ask: watchTask(),
    during: unfit,
    outline: 'connected | 2 snapshot | 3 unreadable | return',
  },
  {
    name: 'so it does for one that comes later',
    before: unfit,
    ask: watchTask(),
    outline: 'connected | 3 snapshot | return',
  },
  {
    name: 'an unreadable entry keeps its seq',
    async before({ task, pair: { backing } }) {
      await spoilLog(backing, task);
      await task.log('after');
    },
    ask: watchTask({ lastEventId: '2' }),
    during: ended,
    outline: 'connected | 3 unreadable | 4 log | 5 done | return',
  },
  {
    name: 'an unreadable entry stands in its place for one that watches, too',
    ask: watchTask(),
    async during({ task, pair: { backing } }) {
      await spoilLog(backing, task);
      await task.log('after');
      await task.done();
    },
    outline: 'connected | 2 snapshot | 3 unreadable | 4 log | 5 done | return',
  },
];

const INTERNAL = 'UNPROCESSABLE_CONTENT (INTERNAL)';

const failures: Scenario[] = [
  {
    name: 'a log that cannot be read any more ends a stream for good',
    ask: watchTask(),
    async during({ task, pair: { backing, trpc } }) {
      await breakLog(backing, trpc.database, task);
      await task.log('after');
    },
    outline: `connected | 2 snapshot | ${INTERNAL}`,
  },
];

describe.each([
  ['an ended task', ends],
  ['an unreadable entry (MUST 19)', unreadable],
  ['a broken stream', failures],
])('%s: the gateway sends the same as tRPC', (_what, scenarios) => {
  test.each(scenarios)('$name', (scenario) => runScenario(pair, scenario));
});

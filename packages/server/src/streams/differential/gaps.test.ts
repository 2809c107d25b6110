import { saveTaskSnapshot } from '@taskwire/db';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { loseLogs } from '../../testing/lose-logs.ts';
import { watchAll, watchProject, watchTask } from './testing/scenarios/asks.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario, Stage } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

async function trimmed({ task, pair: { trpc } }: Stage): Promise<void> {
  const { eventLog, database } = trpc.connections;
  await task.log('a', 'b', 'c');
  await saveTaskSnapshot(database, await eventLog.snapshot(task));
  await eventLog.trim(task, 4);
}

async function lostAndRestored({ task, pair: { trpc } }: Stage): Promise<void> {
  const { eventLog, database } = trpc.connections;
  await saveTaskSnapshot(database, await eventLog.snapshot(task));
  await task.log('lost');
  await loseLogs(pair.backing);
  const error = { code: 'EVENTS_LOST', message: 'events were lost' } as const;
  await eventLog.restore(task, { attempt: 1, canceling: false, event: { type: 'retrying', delayMs: 0, error } });
}

async function finishRestored({ task, pair: { trpc } }: Stage): Promise<void> {
  const claim = await trpc.connections.eventLog.claim(task, 'another worker');
  if (!claim.claimed) throw new Error('the task cannot be taken');
  await claim.writer.append([{ type: 'done', output: { counted: 10 }, durationMs: 1 }]);
}

const gaps: Scenario[] = [
  {
    name: 'a cursor below what the log keeps gets the gap and the state',
    before: trimmed,
    ask: watchTask({ lastEventId: '2' }),
    during: ({ task }) => task.done(),
    outline: 'connected | 5 snapshot gap 3-5 | 6 done | return',
  },
  {
    name: 'a cursor beyond the log gets the gap and the state',
    ask: watchTask({ lastEventId: '99' }),
    during: ({ task }) => task.done(),
    outline: 'connected | 2 snapshot gap 3-99 | 3 done | return',
  },
  {
    name: 'a watcher of a log that was lost and begun again gets the gap and the state, and goes on',
    before: lostAndRestored,
    ask: watchTask({ lastEventId: '3' }),
    during: finishRestored,
    outline: /^connected \| \d+ snapshot gap 4-\d+ \| \d+ retrying \| \d+ started \| \d+ done \| return$/,
  },
  {
    name: 'a watcher of a log that is lost meanwhile gets the gap and the state, and goes on',
    ask: watchTask(),
    async during(stage) {
      await lostAndRestored(stage);
      await finishRestored(stage);
    },
    outline: /^connected \| 2 snapshot \| 3 log \| \d+ snapshot gap 4-\d+ .*\d+ done \| return$/,
  },
  {
    name: 'a cursor below what a project’s topic keeps gets the gap and the unfinished tasks',
    ask: watchProject({ lastEventId: '7' }),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | snapshot of 1 gap 8- | event done',
  },
  {
    name: 'a cursor below what the topic of all tasks keeps gets the gap and the unfinished tasks',
    ask: watchAll({ lastEventId: '7' }),
    during: ({ task }) => task.done(),
    until: /"type":"done"/,
    outline: 'connected | snapshot of 1 gap 8- | event done',
  },
];

describe('a gap: the gateway sends the same as tRPC', () => {
  test.each(gaps)('$name', (scenario) => runScenario(pair, scenario));
});

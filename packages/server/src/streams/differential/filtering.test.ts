import { afterAll, beforeAll, describe, test } from 'vitest';
import { watchProject } from './testing/scenarios/asks.ts';
import { log, progress, token } from './testing/scenarios/drafts.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const mixed = [progress(1), log('a', 'parse'), token('x', 0, 'parse'), progress(2), progress(3, 'parse'), log('b')];

const filters: Scenario[] = [
  { stages: ['parse'] },
  { types: ['progress', 'done'] },
  { stages: ['count'], types: ['log'] },
  { stages: ['count', 'parse', 'none'] },
].map((filter) => ({
  name: `a project’s watcher gets only ${JSON.stringify(filter)}, and gets the range that was left out`,
  ask: watchProject(filter),
  during: ({ task }) => task.writer.append([...mixed, ...mixed, log('the end'), log('the end', 'parse'), progress(9)]),
  until: filter.types?.includes('progress') === true ? /"current":9/ : /"message":"the end"/,
  outline: /event .*event/,
}));

const skipping: Scenario = {
  name: 'the cursor of a watcher moves when its filter skips a thousand events',
  ask: watchProject({ types: ['done'] }),
  merging: true,
  async during({ task }, received) {
    for (let batch = 0; batch < 11; batch += 1)
      await task.writer.append(Array.from({ length: 100 }, (_each, index) => log(String(index))));
    // A server that reads all of it at once, the end included, has nothing to skip: the end comes after it has read the rest.
    await received(/"type":"skipped"/);
    await task.done();
  },
  until: /"type":"done"/,
  outline: /^connected \| snapshot of 1 \| skipped \| event done( after others)?$/,
};

describe('a filter: the gateway sends the same as tRPC', () => {
  test.each([...filters, skipping])('$name', (scenario) => runScenario(pair, scenario));
});

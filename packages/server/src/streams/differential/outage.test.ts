import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTask } from '../../testing/running-task.ts';
import { differences } from './testing/comparing/differences.ts';
import { log, progress } from './testing/scenarios/drafts.ts';
import { outlineOf } from './testing/comparing/outline.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { watch } from './testing/reading/watchers.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

async function watchBoth(taskId: string, withLinks: boolean) {
  const settings = { token: (await pair.trpc.as('ada')).authorization, withLinks };
  const ask = { path: 'task.onProgress', input: { taskId } } as const;
  return { trpc: watch(pair.trpc, ask, settings), gateway: watch(pair.gateway, ask, settings) };
}

test('a watcher that comes while Redis does not answer is sent away to come back', async () => {
  const task = await startTask(pair.trpc, 'ada');
  pair.backing.redis.pause();
  try {
    const { trpc, gateway } = await watchBoth(task.taskId, false);
    await eventually(() => expect([trpc.raw.ended, gateway.raw.ended]).toEqual([true, true]));
    expect(outlineOf(trpc.raw.text)).toBe('connected | SERVICE_UNAVAILABLE (SERVICE_UNAVAILABLE)');
    expect(differences(trpc.raw.answer, gateway.raw.answer)).toEqual([]);
    await Promise.all([trpc.leave(), gateway.leave()]);
  } finally {
    pair.backing.redis.resume();
  }
}, 60_000);

test('a lost subscriber connection is not seen by watchers: events published meanwhile are read', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const { trpc, gateway } = await watchBoth(task.taskId, true);
  for (const { raw, links } of [trpc, gateway]) {
    await eventually(() => expect(raw.text).toMatch(/^id: 2$/m));
    for (const link of links) await eventually(() => expect(link.ids).toEqual(['2']));
  }
  for (let round = 1; round <= 5; round += 1) {
    await pair.backing.redis.command('CLIENT KILL TYPE pubsub');
    await task.writer.append([progress(round), log(`round ${round}`)]);
  }
  await task.done();
  for (const { raw, links } of [trpc, gateway]) {
    await eventually(() => expect([raw, ...links].every(({ ended }) => ended)).toBe(true));
  }
  const seqs = Array.from({ length: 10 }, (_each, index) => `${index + 3} ${index % 2 === 0 ? 'progress' : 'log'}`);
  expect(outlineOf(trpc.raw.text)).toBe(['connected | 2 snapshot', ...seqs, '13 done | return'].join(' | '));
  expect(differences(trpc.raw.answer, gateway.raw.answer)).toEqual([]);
  trpc.links.forEach(({ observations }, index) => expect(gateway.links[index]?.observations).toEqual(observations));
  await Promise.all([trpc.leave(), gateway.leave()]);
});

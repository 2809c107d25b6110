import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTask } from '../../testing/running-task.ts';
import { differences } from './testing/comparing/differences.ts';
import { outlineOf } from './testing/comparing/outline.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { PING } from './testing/reading/stream-text.ts';
import { watch } from './testing/reading/watchers.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

/** Pings come every 15 s; a client gives up after 40 s. */
const SOON_MS = 40_000;

test('a quiet stream is pinged before its client gives up, and goes on', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  const settings = { token: (await pair.trpc.as('ada')).authorization, withLinks: true };
  const [trpc, gateway] = [watch(pair.trpc, ask, settings), watch(pair.gateway, ask, settings)];
  const over = (check: () => void) => vi.waitFor(check, { timeout: SOON_MS, interval: 100 });
  try {
    for (const { raw } of [trpc, gateway]) await over(() => expect(raw.text).toContain(`\n\n\n${PING}`));
    await task.done();
    for (const { raw } of [trpc, gateway]) await over(() => expect(raw.ended).toBe(true));
    expect(outlineOf(trpc.raw.text)).toBe('connected | 2 snapshot | ping | 3 done | return');
    expect(differences(trpc.raw.answer, gateway.raw.answer)).toEqual([]);
    for (const link of [...trpc.links, ...gateway.links]) await over(() => expect(link.ended).toBe(true));
    trpc.links.forEach(({ observations }, index) => expect(gateway.links[index]?.observations).toEqual(observations));
  } finally {
    await Promise.all([trpc.leave(), gateway.leave()]);
  }
}, 60_000);

import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { PlannedFault } from '../plan/round-plan.ts';
import { Recorder } from '../truth/recorder.ts';
import { Truth } from '../truth/truth.ts';
import { Breaker } from './breaker.ts';

let server: TestRedis;
let recorder: Recorder;
let client: Redis;
const hurry = new AbortController();
const probed: boolean[] = [];
const spoiled: string[] = [];

/** Whether Redis takes something that needs room. */
async function hasRoom(): Promise<boolean> {
  return client.set('key', 'value').then(
    () => true,
    () => false,
  );
}

function breaker(): Breaker {
  const ground = {
    system: { redis: server, workers: [], apis: [], gates: [], members: [], exchange: () => Promise.resolve() },
    recorder,
    trim: () => Promise.resolve(),
    probeCreate: async () => void probed.push(await hasRoom()),
    spoilRow: (sets: string) => Promise.resolve(void spoiled.push(sets)),
  };
  return new Breaker(ground, hurry.signal);
}

function fault(kind: PlannedFault['kind'], more: Partial<PlannedFault> = {}): PlannedFault {
  return { kind, atMs: 0, forMs: 500, target: 0, ...more };
}

beforeAll(async () => {
  server = await createTestRedis();
  recorder = new Recorder(server.redisUrl, new Truth());
  await recorder.attach();
  client = new Redis(server.redisUrl);
});
afterEach(() => {
  probed.length = 0;
  spoiled.length = 0;
});
afterAll(async () => {
  recorder.detach();
  client.disconnect();
  await server.stop();
});

it('leaves Redis no room while creates are tried, and gives it room again', async () => {
  expect(await hasRoom()).toBe(true);
  await breaker().break(fault('redis-full'));
  expect(probed).toEqual([false, false]);
  expect(await hasRoom()).toBe(true);
});

it('stops Redis for as long as it says, and lets it go on', async () => {
  const stopped = breaker().break(fault('redis-long-stop', { forMs: 1_000 }));
  let isAnswered = false;
  const answer = client.ping().then(() => (isAnswered = true));
  await stopped.then(() => expect(isAnswered).toBe(false));
  await vi.waitFor(() => answer);
});

it('spoils a row in the way that was planned', async () => {
  await breaker().break(fault('row-spoil', { how: ['kind'] }));
  expect(spoiled).toEqual([`"kind" = 'gone.kind'`]);
  expect(() => breaker().break(fault('row-spoil', { how: ['gently'] }))).toThrow('gently');
});

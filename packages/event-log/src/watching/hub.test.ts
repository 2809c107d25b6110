import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Hub, type HubFeed } from './hub.ts';

let redis: TestRedis;
let subscriber: Redis;
let observer: Redis;
let hub: Hub<string, HubFeed>;

const feed: HubFeed = {
  open: () => Promise.resolve(),
  receive: () => undefined,
  suspend: () => undefined,
  resumeAfterLoss: () => undefined,
  close: () => undefined,
};

beforeEach(async () => {
  redis = await createTestRedis();
  observer = new Redis(redis.redisUrl);
  await observer.ping();
  subscriber = new Redis(redis.redisUrl, { lazyConnect: true, autoResubscribe: false, commandTimeout: 300 });
  subscriber.on('error', () => undefined);
  hub = new Hub(subscriber, { channelOf: (name) => name, makeFeed: () => feed });
});
afterEach(async () => {
  hub.close();
  subscriber.disconnect();
  observer.disconnect();
  await redis.stop();
});

/** The subscribed channels, once Redis has handled all commands so far. */
async function channels(): Promise<unknown> {
  await vi.waitFor(() => expect(subscriber.status).toBe('ready'), { timeout: 20_000 });
  await subscriber.ping();
  return observer.pubsub('CHANNELS');
}

it('leaves no subscription that Redis confirmed too late', async () => {
  redis.pause();
  await expect(hub.acquire('late')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  redis.resume();
  expect(await channels()).toEqual([]);
  expect(hub.size).toBe(0);
});

it('keeps the subscription of a watcher that came again in between', async () => {
  redis.pause();
  await expect(hub.acquire('again')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  const second = hub.acquire('again').catch(() => undefined);
  redis.resume();
  await second;
  const lease = await hub.acquire('again');
  await vi.waitFor(async () => expect(await channels()).toEqual(['again']));
  lease.release();
});

it('subscribes again to watched channels only after a lost connection', async () => {
  const watched = await hub.acquire('watched');
  subscriber.disconnect(true);
  await vi.waitFor(async () => expect(await channels()).toEqual(['watched']));
  watched.release();
});

import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { redisFault } from './redis-fault.ts';
import { RedisProbe } from './redis-probe.ts';
import { REDIS_RIGHTS } from './redis-rights.ts';

const SOON = { timeout: 20_000 };

let redis: TestRedis;
let admin: Redis;
const probes: RedisProbe[] = [];

beforeAll(async () => {
  redis = await createTestRedis();
  admin = new Redis(redis.redisUrl);
});
afterEach(() => {
  for (const probe of probes.splice(0)) probe.close();
});
afterAll(async () => {
  await admin.quit();
  await redis.stop();
});

function open(redisUrl = redis.redisUrl): RedisProbe {
  const probe = new RedisProbe(redisUrl);
  probes.push(probe);
  return probe;
}

/** A Redis whose account has fewer rights. */
async function asUser(...changed: string[]): Promise<string> {
  await admin.acl('SETUSER', 'limited', 'reset', 'on', '>secret-word', ...REDIS_RIGHTS, ...changed);
  const url = new URL(redis.redisUrl);
  [url.username, url.password] = ['limited', 'secret-word'];
  return url.href;
}

describe('a probe of Redis', () => {
  it('finds no fault in a working Redis, and leaves no lasting key', async () => {
    const probe = open();
    expect(await probe.check()).toBeUndefined();
    expect(await probe.warning()).toBeUndefined();
    for (const key of await admin.keys('*probe*')) expect(await admin.ttl(key)).toBeGreaterThan(0);
  });

  it.each([
    [
      'out of memory',
      /out of memory/,
      { spoil: ['CONFIG', 'SET', 'maxmemory', '1'], mend: ['CONFIG', 'SET', 'maxmemory', '0'] },
    ],
    ['a replica', /read-only replica/, { spoil: ['REPLICAOF', '127.0.0.1', '1'], mend: ['REPLICAOF', 'NO', 'ONE'] }],
    [
      'without its replicas',
      /min-replicas-to-write/,
      {
        spoil: ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
        mend: ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
      },
    ],
  ] as const)('finds one that is %s, and that it is well again', async (_how, fault, { spoil, mend }) => {
    const probe = open();
    const [spoilCommand, ...spoilRest] = spoil;
    const [mendCommand, ...mendRest] = mend;
    await admin.call(spoilCommand, ...spoilRest);
    try {
      expect(await probe.check()).toMatch(fault);
    } finally {
      await admin.call(mendCommand, ...mendRest);
    }
    await vi.waitFor(async () => expect(await probe.check()).toBeUndefined(), SOON);
  });

  it.each([
    ['-xadd', /the command xadd/],
    ['-publish', /the command publish/],
    ['-evalsha', /the command evalsha/],
    ['-time', /the command time/],
    ['-hset', /the command hset/],
    ['resetkeys', /access to the keys taskwire:\*/],
    ['resetchannels', /or the channels taskwire:\*/],
  ])('names the missing right after %s, and no password', async (change, right) => {
    const fault = await open(await asUser(change)).check();
    expect(fault).toMatch(right);
    expect(fault).not.toContain('secret-word');
  });

  it('needs no more than the documented rights', async () => {
    expect(await open(await asUser()).check()).toBeUndefined();
  });

  it('names a refused password', async () => {
    const url = new URL(await asUser());
    url.password = 'wrong';
    const probe = open(url.href);
    await vi.waitFor(async () => expect(await probe.check()).toMatch(/refuses the user or the password/), SOON);
  });

  it('warns of a policy that evicts', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await open().warning()).toMatch(/allkeys-lru and must be noeviction/);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('throws within its time if Redis does not answer', async () => {
    redis.pause();
    try {
      await expect(open().check()).rejects.toThrow();
    } finally {
      redis.resume();
    }
  });
});

it.each([
  ['MOVED 1234 127.0.0.1:7001', /Redis Cluster/],
  ['CLUSTERDOWN Hash slot not served', /Redis Cluster/],
  ['MISCONF Redis is configured to save RDB snapshots', /make room on its disk/],
  ['LOADING Redis is loading the dataset in memory', /loading/],
])('the refusal %s is explained, also as the cause of an error', (message, fault) => {
  const cause = new Error(message);
  expect(redisFault(new Error('the event log cannot be reached', { cause }))).toMatch(fault);
});

it('an error that is not a refusal is not explained', () => {
  expect(redisFault(new Error('connect ECONNREFUSED'))).toBeUndefined();
});

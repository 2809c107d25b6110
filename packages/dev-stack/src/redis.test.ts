import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';

import { startRedis } from './redis.ts';
import { refusalOf, withTemporaryFolder } from './test-support.ts';

/** Connects, runs `work`, and disconnects. */
async function ask<Result>(redisUrl: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

describe('startRedis', () => {
  it('finds the data of the first start at the second', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const first = await startRedis({ dataDirectory });
      await ask(first.redisUrl, (redis) => redis.set('kept', '42'));
      await first.stop();
      const second = await startRedis({ dataDirectory });
      const kept = await ask(second.redisUrl, (redis) => redis.get('kept'));
      await second.stop();

      expect(kept).toBe('42');
    });
  });

  it('keeps every write in an append-only file, evicts nothing, and listens on 127.0.0.1 alone', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { redisUrl, stop } = await startRedis({ dataDirectory });
      const settings = await ask(redisUrl, (redis) =>
        redis.config('GET', 'appendonly', 'appendfsync', 'maxmemory-policy', 'bind', 'dir'),
      );
      await stop();

      expect(settings).toEqual(expect.arrayContaining(['yes', 'always', 'noeviction', '127.0.0.1']));
      expect(settings).toContain(join(dataDirectory, 'redis'));
    });
  });

  it('refuses a data folder that another start uses', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { stop } = await startRedis({ dataDirectory });
      await expect(startRedis({ dataDirectory })).rejects.toMatchObject({ code: 'already-running' });
      await stop();
    });
  });

  it('gives a data folder free again when no Redis can be had', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      await expect(startRedis({ dataDirectory, searchPath: '' })).rejects.toMatchObject({ code: 'redis-unavailable' });
      const { stop } = await startRedis({ dataDirectory });
      await stop();
    });
  });

  it('says in its error what the server wrote into its log', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { stop } = await startRedis({ dataDirectory });
      await stop();
      await rm(join(dataDirectory, 'redis', 'appendonlydir'), { recursive: true, force: true });
      await writeFile(join(dataDirectory, 'redis', 'appendonlydir'), 'in the way');

      const { code, message, remedy } = await refusalOf(startRedis({ dataDirectory }));

      expect(code).toBe('redis-failed');
      expect(message).toContain('append-only');
      expect(remedy).toContain('REDIS_URL');
    });
  });

  it('uses a given Redis and never stops it', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const given = await startRedis({ dataDirectory, redisUrl: inject('redisUrl') });
      expect(given.redisUrl).toBe(inject('redisUrl'));
      await given.stop();

      expect(await ask(given.redisUrl, (redis) => redis.ping())).toBe('PONG');
    });
  });

  it('refuses a given Redis that does not answer', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { code, message } = await refusalOf(startRedis({ dataDirectory, redisUrl: 'redis://127.0.0.1:1' }));

      expect(code).toBe('redis-unreachable');
      expect(message).toContain('ECONNREFUSED');
    });
  });
});

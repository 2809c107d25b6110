import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';

import { startRedis } from './start-redis.ts';
import { runCommand } from '../processes/commands.ts';
import { refusalOf, withTemporaryFolder } from '../testing/support.ts';

/** Connects, runs `work`, and disconnects. */
async function ask<Result>(redisUrl: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** The error that a command ends with. */
async function refusedCommand(redisUrl: string, command: (redis: Redis) => Promise<unknown>): Promise<string> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  let refusal: string | undefined;
  redis.on('error', (error: Error) => (refusal ??= error.message));
  try {
    await command(redis);
    return 'it was done';
  } catch (error) {
    return refusal ?? String(error);
  } finally {
    redis.disconnect();
  }
}

/** The command lines of all processes, as `ps` shows them to every user. */
async function readCommandLines(): Promise<string> {
  return (await runCommand({ program: 'ps', argumentList: ['-eo', 'args'] })).output;
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

  it('finds the data of transactions and scripts too', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const first = await startRedis({ dataDirectory });
      await ask(first.redisUrl, (redis) => redis.multi().set('one', '1').rpush('list', 'a', 'b').exec());
      const script = "redis.call('SET', KEYS[1], '2') redis.call('XADD', KEYS[2], '1-1', 'field', 'value')";
      await ask(first.redisUrl, (redis) => redis.eval(script, 2, 'two', 'stream'));
      await first.stop();
      const second = await startRedis({ dataDirectory });
      const kept = await ask(second.redisUrl, (redis) =>
        Promise.all([redis.mget('one', 'two'), redis.lrange('list', 0, -1), redis.xlen('stream')]),
      );
      await second.stop();

      expect(kept).toEqual([['1', '2'], ['a', 'b'], 1]);
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

  it('refuses clients without the password, such as another user of the machine', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { redisUrl, stop } = await startRedis({ dataDirectory });
      const { host, password } = new URL(redisUrl);
      const refusals = [
        await refusedCommand(`redis://${host}`, (redis) => redis.publish('taskwire:{p}:task:t:events', 'forged')),
        await refusedCommand(`redis://${host}`, (redis) => redis.subscribe('taskwire:{p}:task:t:events')),
        await refusedCommand(`redis://${host}`, (redis) => redis.get('kept')),
        await refusedCommand(`redis://taskwire:wrong@${host}`, (redis) => redis.get('kept')),
        await refusedCommand(`redis://:${password}@${host}`, (redis) => redis.get('kept')),
      ];
      await stop();

      expect(password.length).toBeGreaterThanOrEqual(32);
      for (const refusal of refusals) expect(refusal).toMatch(/NOAUTH|WRONGPASS/);
    });
  });

  it('does not let its own user empty, end or configure it', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { redisUrl, stop } = await startRedis({ dataDirectory });
      const refusals = [
        await refusedCommand(redisUrl, (redis) => redis.flushall()),
        await refusedCommand(redisUrl, (redis) => redis.shutdown()),
        await refusedCommand(redisUrl, (redis) => redis.config('SET', 'dir', '/')),
        await refusedCommand(redisUrl, (redis) => redis.acl('SETUSER', 'guest', 'on', 'nopass', '+@all')),
      ];
      await stop();

      for (const refusal of refusals) expect(refusal).toContain('NOPERM');
    });
  });

  it('keeps its password in files that only this user may read, and on no command line', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { redisUrl, stop } = await startRedis({ dataDirectory });
      const { password } = new URL(redisUrl);
      const commandLines = await readCommandLines();
      const [passwordFile, configuration] = [
        join(dataDirectory, 'redis.password'),
        join(dataDirectory, 'redis', 'redis.conf'),
      ];
      const modes = await Promise.all(
        [passwordFile, configuration].map(async (file) => (await stat(file)).mode & 0o777),
      );
      await stop();

      expect(modes).toEqual([0o600, 0o600]);
      expect(await readFile(passwordFile, 'utf8')).toBe(password);
      expect(await readFile(configuration, 'utf8')).not.toContain(password);
      expect(commandLines).toContain('redis');
      expect(commandLines).not.toContain(password);
    });
  });

  it('has the same password at the next start; a data folder without one gets one, and keeps its data', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const first = await startRedis({ dataDirectory });
      await ask(first.redisUrl, (redis) => redis.set('kept', '42'));
      await first.stop();
      const second = await startRedis({ dataDirectory });
      await second.stop();
      await rm(join(dataDirectory, 'redis.password'));
      const third = await startRedis({ dataDirectory });
      const kept = await ask(third.redisUrl, (redis) => redis.get('kept'));
      await third.stop();

      expect(new URL(second.redisUrl).password).toBe(new URL(first.redisUrl).password);
      expect(new URL(third.redisUrl).password).not.toBe(new URL(first.redisUrl).password);
      expect(kept).toBe('42');
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

import { Prisma, createDatabase } from '@taskwire/db';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createTestDatabase } from '../vitest/test-servers.ts';
import type { TestDatabase } from './test-database.ts';
import { createTestRedis, type TestRedis } from './test-redis.ts';

describe('createTestDatabase', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  it('gives each caller a migrated database of its own', async () => {
    const one = createDatabase({ connectionString: first.databaseUrl });
    const other = createDatabase({ connectionString: second.databaseUrl });
    await one.project.create({ data: { ownerId: 'ada', name: 'engine' } });

    expect(await one.project.count()).toBe(1);
    expect(await other.project.count()).toBe(0);
    await Promise.all([one.$disconnect(), other.$disconnect()]);
  });

  it('drops a database although connections to it are left', async () => {
    const third = await createTestDatabase();
    const name = new URL(third.databaseUrl).pathname.slice(1);
    const lingering = createDatabase({ connectionString: third.databaseUrl });
    await lingering.project.count();
    await third.drop();
    await lingering.$disconnect();

    const server = createDatabase({ connectionString: inject('databaseUrl') });
    const left = await server.$queryRaw<unknown[]>(Prisma.sql`SELECT 1 FROM pg_database WHERE datname = ${name}`);
    await server.$disconnect();
    expect(left).toEqual([]);
  });
});

describe('createTestRedis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await createTestRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  it('is another server than the shared one', () => {
    expect(redis.redisUrl).not.toBe(inject('redisUrl'));
  });

  it('takes a command in one line, and throws if Redis refuses it', async () => {
    expect(await redis.command('SET key "two words"')).toBe('+OK');
    expect(await redis.command('STRLEN key')).toBe(':9');
    await redis.flush();
    expect(await redis.command('DBSIZE')).toBe(':0');
    await expect(redis.command('NONSENSE')).rejects.toThrow('Redis refused the command: -ERR unknown command');
  });

  it('comes back empty on the same port after a crash, and clients come back by themselves', async () => {
    const client = new Redis(redis.redisUrl);
    client.on('error', () => undefined);
    await client.set('key', 'value');
    await redis.kill();
    await redis.restart();

    expect(await client.get('key')).toBeNull();
    client.disconnect();
  });
});

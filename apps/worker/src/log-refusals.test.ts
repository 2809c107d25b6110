import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logRefusals } from './log-refusals.ts';
import { redisCommand } from './retention/testing/redis-command.ts';
import { openTestBackend, type TestBackend } from './testing/test-backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.close());

async function linesOf(redisUrl = backend.redis.redisUrl): Promise<string[]> {
  const lines: string[] = [];
  const logger = pino(
    { formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => lines.push(line) },
  );
  await logRefusals({ database: backend.database, redisUrl }, logger);
  return lines.map((line) => {
    const { level, msg }: Record<string, unknown> = JSON.parse(line);
    return `${String(level)}: ${String(msg)}`;
  });
}

it('says nothing where nothing is refused', async () => {
  expect(await linesOf()).toEqual([]);
});

it('says in a line each what PostgreSQL and Redis refuse, and what to set', async () => {
  await redisCommand(backend.redis.redisUrl, 'CONFIG SET maxmemory 1');
  await redisCommand(backend.redis.redisUrl, 'CONFIG SET maxmemory-policy allkeys-lru');
  await redisCommand(backend.redis.redisUrl, 'REPLICAOF 127.0.0.1 1');
  await backend.database.$executeRaw`ALTER TABLE "TaskUpload" RENAME TO "Elsewhere"`;
  try {
    expect(await linesOf()).toEqual([
      expect.stringMatching(/^error: postgres has not the tables of this version: run the migrations/),
      expect.stringMatching(/^error: redis is a read-only replica: REDIS_URL must lead to the primary/),
      expect.stringMatching(/^warn: redis may evict logs and jobs: .* must be noeviction$/),
    ]);
  } finally {
    await backend.database.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "TaskUpload"`;
    await redisCommand(backend.redis.redisUrl, 'REPLICAOF NO ONE');
    await redisCommand(backend.redis.redisUrl, 'CONFIG SET maxmemory 0');
  }
});

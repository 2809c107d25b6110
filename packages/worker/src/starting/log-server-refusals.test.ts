import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logServerRefusals } from './log-server-refusals.ts';
import { useTestBackend } from '../testing/test-backend.ts';

const backend = useTestBackend();

async function linesOf(redisUrl = backend.redis.redisUrl): Promise<string[]> {
  const lines: string[] = [];
  const logger = pino(
    { formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => lines.push(line) },
  );
  await logServerRefusals({ database: backend.database, redisUrl }, logger);
  return lines.map((line) => {
    const { level, msg }: Record<string, unknown> = JSON.parse(line);
    return `${String(level)}: ${String(msg)}`;
  });
}

it('logs nothing if nothing is refused', async () => {
  expect(await linesOf()).toEqual([]);
});

it('logs each refusal of PostgreSQL and Redis in a line with its remedy', async () => {
  await backend.redis.command('CONFIG SET maxmemory 1');
  await backend.redis.command('CONFIG SET maxmemory-policy allkeys-lru');
  await backend.redis.command('REPLICAOF 127.0.0.1 1');
  await backend.database.$executeRaw`ALTER TABLE "TaskUpload" RENAME TO "Elsewhere"`;
  try {
    expect(await linesOf()).toEqual([
      expect.stringMatching(
        /^error: postgres has not the tables of this version: run the migrations by `npx taskwire migrate`/,
      ),
      expect.stringMatching(/^error: redis is a read-only replica: REDIS_URL must lead to the primary/),
      expect.stringMatching(/^warn: redis may evict logs and jobs: .* must be noeviction$/),
    ]);
  } finally {
    await backend.database.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "TaskUpload"`;
    await backend.redis.command('REPLICAOF NO ONE');
    await backend.redis.command('CONFIG SET maxmemory 0');
  }
});

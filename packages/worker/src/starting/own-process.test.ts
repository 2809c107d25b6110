import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useTestBackend } from '../testing/test-backend.ts';

const [runner, program] = ['../../../../scripts/run.mjs', '../testing/worker-program.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const backend = useTestBackend();

function run(variables: Record<string, string>) {
  if (runner === undefined || program === undefined) throw new Error('unreachable');
  const environment = {
    DATABASE_URL: backend.databaseUrl,
    REDIS_URL: backend.redis.redisUrl,
    UPLOAD_DIRECTORY: backend.uploadDirectory,
    DEMO_TASKS: 'on',
    ...variables,
  };
  return spawn(process.execPath, [runner, program], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the worker process', () => {
  it('logs in one line that it is ready, without secrets, and ends with status 0 on SIGTERM', async () => {
    const child = run({});
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.includes('"msg":"ready"')) child.kill('SIGTERM');
    }
    const [status] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(status).toBe(0);
    expect(lines.map((line) => z.json().parse(JSON.parse(line)))).toMatchObject([
      { msg: 'ready', concurrency: 2 },
      { msg: 'stopping', signal: 'SIGTERM' },
      { msg: 'stopped' },
    ]);
    const { password } = new URL(backend.databaseUrl);
    expect(password === '' ? [] : lines.filter((line) => line.includes(password))).toEqual([]);
  });

  it('ends with status 2 and one line that names a wrong variable and the remedy', async () => {
    const child = run({ WORKER_CONCURRENCY: 'many' });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) lines.push(line);
    const [status] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(status).toBe(2);
    expect(lines).toEqual([expect.stringMatching(/^WORKER_CONCURRENCY: is not a whole number from 1 to 100: give /)]);
  });

  it('ends with status 1 and one line that names the remedy if the database is not in UTF-8', async () => {
    const name = `not_unicode_${Date.now()}`;
    await backend.database.$executeRawUnsafe(
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
    );
    const url = new URL(backend.databaseUrl);
    url.pathname = name;
    const child = run({ DATABASE_URL: url.href });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) lines.push(line);
    const [status] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    await backend.database.$executeRawUnsafe(`DROP DATABASE ${name}`);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/could not start: .* encoding LATIN1, .*ENCODING 'UTF8'/)]);
  });

  it.each([
    [
      'no database of that name',
      { pathname: '/no_such_database' },
      /PostgreSQL has no database of the name in DATABASE_URL/,
    ],
    ['a wrong password', { password: 'wrong' }, /PostgreSQL refuses the password in DATABASE_URL/],
    ['an unreachable server', { port: '1' }, /PostgreSQL cannot be reached by DATABASE_URL: check its host and port/],
  ])('ends with status 1 and one line that names DATABASE_URL for %s', async (_case, change, message) => {
    const child = run({ DATABASE_URL: Object.assign(new URL(backend.databaseUrl), change).href });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) lines.push(line);
    const [status] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`could not start: ${message.source}`))]);
  });
});

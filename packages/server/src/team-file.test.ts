import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBacking, type Backing } from './testing/test-server.ts';

let backing: Backing;
beforeAll(async () => {
  backing = await createBacking();
});
afterAll(() => backing.close());

const index = JSON.stringify(import.meta.resolve('./index.ts'));

/** Runs the file of a team that starts a server. */
async function endOf(code: string): Promise<{ status: number | null; errors: string }> {
  const program = `import { bearer, createTaskwireServer } from ${index}; ${code}`;
  const node = ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), '--input-type=module'];
  const child = spawn(process.execPath, [...node, '--eval', program], { env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part));
  await once(child, 'close');
  return { status: child.exitCode, errors };
}

test('settings that are missing or wrong end it with status 2, one line each and no stack', async () => {
  const { status, errors } = await endOf('await createTaskwireServer({ tasks: [], port: -1 }).listen();');
  expect(status).toBe(2);
  const lines = errors.trimEnd().split('\n');
  expect(lines.map((line) => line.split(': is ')[0]).toSorted()).toEqual([
    'AUTH_SECRET',
    'DATABASE_URL',
    'REDIS_URL',
    'UPLOAD_DIRECTORY',
    'port',
  ]);
});

test('a missing secret of bearer() does, too', async () => {
  const { status, errors } = await endOf('createTaskwireServer({ tasks: [], authenticate: bearer() });');
  expect(status).toBe(2);
  expect(errors).toMatch(/^AUTH_SECRET: is missing: .+\n$/);
});

test('a port that is taken ends it with status 1 and one line', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const settings = {
    databaseUrl: backing.database.databaseUrl,
    redisUrl: backing.redis.redisUrl,
    uploadDirectory: backing.uploadDirectory,
    port: typeof address === 'object' && address !== null ? address.port : 0,
  };
  try {
    const options = `{ tasks: [], authenticate: () => undefined, ...${JSON.stringify(settings)} }`;
    const { status, errors } = await endOf(`await createTaskwireServer(${options}).listen();`);
    expect([status, errors]).toEqual([1, `EADDRINUSE: port ${settings.port} is taken: set PORT to another one\n`]);
  } finally {
    holder.close();
  }
});

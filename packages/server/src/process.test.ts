import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '@taskwire/db';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTokenAuthority } from './auth/tokens.ts';
import { createBacking, type Backing } from './testing/test-server.ts';

const AUTH_SECRET = 'a secret of the tests, long enough to be one';
const main = fileURLToPath(new URL('../../../apps/api/src/main.ts', import.meta.url));

let backing: Backing;
const processes: Api[] = [];

beforeAll(async () => {
  backing = await createBacking();
});
afterEach(() => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL');
});
afterAll(() => backing.close());

/** The api as a process of its own. */
interface Api {
  child: ChildProcessByStdio<null, Readable, Readable>;
  out(): string;
  errors(): string;
  /** Its exit status. */
  ended: Promise<number | null>;
}

function start(variables: Record<string, string> = {}): Api {
  const child = spawn(
    process.execPath,
    ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), main],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        DATABASE_URL: backing.database.databaseUrl,
        REDIS_URL: backing.redis.redisUrl,
        AUTH_SECRET,
        UPLOAD_DIRECTORY: backing.uploadDirectory,
        PORT: '0',
        ...variables,
      },
    },
  );
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(() => child.exitCode);
  const api: Api = { child, out: () => out, errors: () => errors, ended };
  processes.push(api);
  return api;
}

async function ready(api: Api): Promise<string> {
  await eventually(() => expect(api.out()).toContain('"msg":"listening"'));
  return /"url":"([^"]+)"/.exec(api.out())?.[1] ?? '';
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops the server in an orderly way: status 0', async (signal) => {
  const api = start();
  const url = await ready(api);
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  api.child.kill(signal);
  expect(await api.ended).toBe(0);
  expect(api.errors()).toBe('');
});

test('a second signal ends the process at once: status 1', async () => {
  const api = start({ DRAIN_MS: '600000' });
  const url = await ready(api);
  const { token } = await createTokenAuthority(AUTH_SECRET).issue('ada');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' };
  // An upload that never ends keeps the server draining.
  const upload = httpRequest(`${url}/api/v1/uploads`, { method: 'POST', headers }).on('error', () => undefined);
  upload.write('--x\r\n');
  await eventually(async () => expect((await fetch(`${url}/healthz`)).status).toBe(200));
  api.child.kill('SIGTERM');
  await eventually(() => expect(api.out()).toContain('"msg":"stopping"'));
  const repeated = setInterval(() => api.child.kill('SIGTERM'), 100);
  expect(await api.ended).toBe(1);
  clearInterval(repeated);
});

test('all bad variables are named, one line each, without values: status 2', async () => {
  const api = start({ PORT: 'hunter2', AUTH_SECRET: 'hunter2', REDIS_URL: '' });
  expect(await api.ended).toBe(2);
  expect(
    api
      .errors()
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual(['REDIS_URL', 'PORT', 'AUTH_SECRET']);
  expect(api.errors() + api.out()).not.toContain('hunter2');
});

test('a taken port is named in one line, with the remedy: status 1', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const api = start({ PORT: String(port) });
    expect(await api.ended).toBe(1);
    expect(api.errors()).toBe(`EADDRINUSE: port ${port} is taken: set PORT to another one\n`);
  } finally {
    holder.close();
  }
});

test('an impossible upload folder is named in one line, with the remedy: status 1', async () => {
  const api = start({ UPLOAD_DIRECTORY: join(main, 'uploads') });
  expect(await api.ended).toBe(1);
  expect(api.errors()).toMatch(/^ENOTDIR: .* check .*UPLOAD_DIRECTORY.*\n$/);
});

test('a database that is not in UTF-8 ends the start with one line that names the remedy', async () => {
  const name = `not_unicode_${Date.now()}`;
  const admin = createDatabase({ connectionString: backing.database.databaseUrl });
  const options = "TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'";
  await admin.$executeRawUnsafe(`CREATE DATABASE ${name} ${options}`);
  const url = new URL(backing.database.databaseUrl);
  url.pathname = name;
  const api = start({ DATABASE_URL: url.href });
  const status = await api.ended;
  await admin.$executeRawUnsafe(`DROP DATABASE ${name}`);
  await admin.$disconnect();
  expect(status).toBe(1);
  expect(api.errors()).toMatch(/^the api cannot start: .* encoding LATIN1, .*ENCODING 'UTF8'.*\n$/);
});

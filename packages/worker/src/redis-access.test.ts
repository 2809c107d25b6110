import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { REDIS_RIGHTS } from '@taskwire/event-log';
import { migrateDatabase } from '@taskwire/db';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { createTestDatabase, useTemporaryFolder, type TestDatabase } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('testing/run-one-task.ts', import.meta.url));
const ROOT = new URL('../../../', import.meta.url);
/** Holds what a URL must encode. */
const PASSWORD = 'p@ss/w:rd#?%';
const resultSchema = z.object({ taskId: z.string(), ofTask: z.array(z.string()), ofOwner: z.array(z.string()) });

let database: TestDatabase;
let redis: TestRedis;
const folder = useTemporaryFolder('redis-access');
let tlsPort: number;

beforeAll(async () => {
  tlsPort = await freePort();
  await makeCertificates();
  const rights = REDIS_RIGHTS.join(' ');
  redis = await createTestRedis({
    furtherLines: [
      `user taskwire on >${PASSWORD} ${rights}`,
      `user mute on >${PASSWORD} ${rights} resetchannels`,
      `tls-port ${tlsPort}`,
      `tls-cert-file ${join(folder.path, 'server.crt')}`,
      `tls-key-file ${join(folder.path, 'server.key')}`,
      `tls-ca-cert-file ${join(folder.path, 'ca.crt')}`,
      'tls-auth-clients no',
    ],
  });
  database = await createTestDatabase();
});
afterAll(async () => {
  await redis.stop();
  await database.drop();
});

/** A certificate for 127.0.0.1, and the authority that has signed it. */
async function makeCertificates(): Promise<void> {
  const openssl = (words: string) => run('openssl', words.split(' '), { cwd: folder.path });
  await openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=taskwire-test-ca -keyout ca.key -out ca.crt');
  await openssl(
    'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE -CA ca.crt -CAkey ca.key -keyout server.key -out server.crt',
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The address of the test's Redis, with changes. */
function urlOf(changes: { user?: string; password?: string; database?: number; tls?: boolean }): string {
  const { user = '', password, database: number, tls = false } = changes;
  const url = new URL(redis.redisUrl);
  const credentials = password === undefined ? '' : `${user}:${encodeURIComponent(password)}@`;
  const host = tls ? `127.0.0.1:${tlsPort}` : url.host;
  return `${tls ? 'rediss' : 'redis'}://${credentials}${host}${number === undefined ? '' : `/${number}`}`;
}

/** Runs one task from its creation to its end in a process of its own. */
async function runOneTask(redisUrl: string, variables: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), PROGRAM],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        DATABASE_URL: database.databaseUrl,
        REDIS_URL: redisUrl,
        UPLOAD_DIRECTORY: folder.path,
        DEMO_TASKS: 'on',
        ...variables,
      },
    },
  );
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, errors };
}

async function expectDone(redisUrl: string, variables: Record<string, string> = {}) {
  const { out, errors } = await runOneTask(redisUrl, variables);
  expect(errors).toBe('');
  const { taskId, ofTask, ofOwner } = resultSchema.parse(JSON.parse(out));
  expect(ofTask.at(0)).toBe('snapshot');
  expect(ofTask.at(-1)).toBe('done');
  expect(ofOwner.at(-1)).toBe(`${taskId} done`);
  expect(ofOwner.filter((event) => !event.startsWith(taskId))).toEqual([]);
}

function askRedis(...words: string[]): Promise<string> {
  const { hostname, port } = new URL(redis.redisUrl);
  return run('redis-cli', ['-h', hostname, '-p', port, ...words]).then(({ stdout }) => stdout.trim());
}

describe('a task is created, worked on, watched and done', () => {
  it('by an account with exactly the documented rights, which Redis never had to refuse', async () => {
    await askRedis('ACL', 'LOG', 'RESET');
    await expectDone(urlOf({ user: 'taskwire', password: PASSWORD }));
    expect(await askRedis('ACL', 'LOG')).toBe('');
  });

  it('over TLS, with an authority of its own, in database 3', async () => {
    const ca = { NODE_EXTRA_CA_CERTS: join(folder.path, 'ca.crt') };
    await askRedis('-n', '3', 'FLUSHDB');
    await expectDone(urlOf({ user: 'taskwire', password: PASSWORD, database: 3, tls: true }), ca);
    expect(Number(await askRedis('-n', '3', 'DBSIZE'))).toBeGreaterThan(0);
  });

  it('by two installations at once, in two databases of one Redis and two schemas of one PostgreSQL', async () => {
    await askRedis('FLUSHALL');
    const [left, right] = ['left', 'right'].map((schema) => `${database.databaseUrl}?schema=${schema}`);
    if (left === undefined || right === undefined) throw new Error('unreachable');
    await Promise.all([left, right].map((databaseUrl) => migrateDatabase({ databaseUrl })));
    const login = { user: 'taskwire', password: PASSWORD };
    await Promise.all([
      expectDone(urlOf({ ...login, database: 4 }), { DATABASE_URL: left }),
      expectDone(urlOf({ ...login, database: 5 }), { DATABASE_URL: right }),
    ]);
    expect(await askRedis('DBSIZE')).toBe('0');
  });
});

describe('a right that an account lacks', () => {
  it('the channels: the task cannot be watched, and the reason is given', async () => {
    const { out, errors } = await runOneTask(urlOf({ user: 'mute', password: PASSWORD }));
    expect(out).toBe('');
    expect(errors).not.toBe('');
    expect(errors).not.toContain(PASSWORD);
  });
});

describe('docs/redis.md and docker-compose.yml', () => {
  it.each(['docs/redis.md', 'docker-compose.yml'])('%s gives the rights that are tested here', async (file) => {
    expect(await readFile(new URL(file, ROOT), 'utf8')).toContain(REDIS_RIGHTS.join(' '));
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTokenAuthority } from './auth/tokens.ts';
import { CLOSE_DEADLINE_MS } from './running-server.ts';
import { startTask } from './testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from './testing/test-server.ts';

const AUTH_SECRET = 'a secret of the tests, long enough to be one';
const MAIN = fileURLToPath(new URL('../../../apps/api/src/main.ts', import.meta.url));
const DRAIN_MS = 300;
/** The deadline, the last grace, and what a busy machine adds (ms). */
const LONGEST_STOP_MS = DRAIN_MS + CLOSE_DEADLINE_MS + 2_000 + 10_000;

let backing: Backing;
let helper: TestServer;
let proxy: TcpProxy;
const children: ReturnType<typeof spawn>[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  backing = await createBacking();
  helper = await startTestServer(backing);
  proxy = await TcpProxy.openBefore(backing.database.databaseUrl);
});
afterEach(async () => {
  backing.redis.resume();
  proxy.restore();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await helper.stop();
  await proxy.close();
  await backing.close();
});

async function startApi(plant?: string) {
  const planted = plant === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(plant)}`];
  const child = spawn(
    process.execPath,
    ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), ...planted, MAIN],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        DATABASE_URL: proxy.urlOf(backing.database.databaseUrl),
        REDIS_URL: backing.redis.redisUrl,
        AUTH_SECRET,
        UPLOAD_DIRECTORY: backing.uploadDirectory,
        PORT: '0',
        DRAIN_MS: String(DRAIN_MS),
      },
    },
  );
  children.push(child);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  const errors = text(child.stderr);
  const ended = once(child, 'exit');
  await eventually(() => expect(out).toContain('"msg":"listening"'));
  const url = /"url":"([^"]+)"/.exec(out)?.[1] ?? '';
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  return {
    url,
    processId: child.pid,
    output: () => out,
    /** Sends SIGTERM and waits for the end. */
    async stop() {
      const began = performance.now();
      child.kill('SIGTERM');
      await ended;
      return {
        tookMs: performance.now() - began,
        status: child.exitCode,
        signal: child.signalCode,
        errors: await errors,
      };
    },
  };
}

async function bearer(): Promise<string> {
  return `Bearer ${(await createTokenAuthority(AUTH_SECRET).issue('ada')).token}`;
}

/** A socket that asks for a stream and then reads nothing. */
async function openDeafStream(url: string, path: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: ${await bearer()}\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.pause();
  return socket;
}

test('SIGTERM with a caller that never reads, and one whose upload never ends: status 0 within the deadline', async () => {
  const api = await startApi();
  const task = await startTask(helper, 'ada');
  await openDeafStream(api.url, `/api/v1/sse/tasks/${task.taskId}/progress`);
  const words = 'x'.repeat(50_000);
  for (let round = 0; round < 40; round += 1) await task.log(words);
  const headers = { authorization: await bearer(), 'content-type': 'multipart/form-data; boundary=x' };
  const upload = httpRequest(`${api.url}/api/v1/uploads`, { method: 'POST', headers }).on('error', () => undefined);
  await new Promise((resolve) => upload.write('--x\r\n', resolve));
  await fetch(`${api.url}/healthz`);
  const { tookMs, status } = await api.stop();
  expect(status).toBe(0);
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
  expect(api.output()).toContain('requests that did not end are cut off');
});

test('SIGTERM while Redis is frozen: status 1 within the deadline, naming the part that did not close', async () => {
  const api = await startApi();
  const task = await startTask(helper, 'ada');
  await openDeafStream(api.url, `/api/v1/sse/tasks/${task.taskId}/progress`);
  backing.redis.pause();
  const { tookMs, status } = await api.stop();
  expect(status).toBe(1);
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
  expect(api.output()).toMatch(/"level":50.*"unclosed":\[.*"event log".*\]/);
});

test('SIGTERM while PostgreSQL is frozen and a call waits for it: status 1 within the deadline, naming it', async () => {
  const api = await startApi();
  const authorization = await bearer();
  await fetch(`${api.url}/trpc/task.list?input=%7B%7D`, { headers: { authorization } });
  proxy.stall();
  const held = fetch(`${api.url}/trpc/task.list?input=%7B%7D`, { headers: { authorization } }).catch(() => undefined);
  await eventually(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(503));
  const { tookMs, status } = await api.stop();
  expect(status).toBe(1);
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
  expect(api.output()).toMatch(/"level":50.*"unclosed":\["database"\]/);
  await held;
});

test('SIGTERM, and then the event loop never turns again: killed after the deadline, with last words', async () => {
  const api = await startApi("process.on('SIGTERM', () => setImmediate(() => { for (;;); }));");
  const { tookMs, signal, errors } = await api.stop();
  expect(signal).toBe('SIGKILL');
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
  expect(errors).toMatch(/^taskwire api: killed, \d+ ms after SIGTERM$/m);
});

test('SIGTERM, and a thread of the pool that hangs, for which an exit waits: killed after the deadline', async () => {
  const fifo = join(backing.uploadDirectory, 'fifo');
  await promisify(execFile)('mkfifo', [fifo]);
  // Opening it waits for a writer, who never comes.
  const api = await startApi(`import { open } from 'node:fs'; open(${JSON.stringify(fifo)}, () => {});`);
  const { tookMs, signal } = await api.stop();
  expect(api.output()).toContain('"msg":"stopped"');
  expect(signal).toBe('SIGKILL');
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
});

test('a process that ends in time leaves no process behind that could kill another', async () => {
  const api = await startApi();
  expect((await api.stop()).status).toBe(0);
  await eventually(async () => {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'args=']);
    expect(stdout).not.toMatch(new RegExp(`taskwire-last-deadline \\d+ ${api.processId} `));
  });
});

test('SIGTERM, and an exit listener that hangs: killed after the deadline', async () => {
  const api = await startApi("process.on('exit', () => { for (;;); });");
  const { tookMs, signal } = await api.stop();
  expect(signal).toBe('SIGKILL');
  expect(tookMs).toBeLessThan(LONGEST_STOP_MS);
});

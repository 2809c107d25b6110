import { createServer, type Server } from 'node:http';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { urlOf } from '../listening.ts';

const OTHER = 'http://localhost:5173';
const taskId = '00000000-0000-4000-8000-000000000000';

let backing: Backing;
let pages: Server;
let page: string;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  pages = createServer((_request, response) => void response.setHeader('Content-Type', 'text/html').end('<p>Hello'));
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  page = urlOf(pages, '127.0.0.1');
  server = await startTestServer(backing, { environment: { corsOrigins: [page, OTHER], streamsPerUser: 3 } });
});
afterAll(async () => {
  await server.stop();
  pages.close();
  await backing.close();
});

const stream = (path: string, input: unknown) => `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;

async function ask(path: string, { origin, ...init }: RequestInit & { origin?: string } = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (origin !== undefined) headers.set('origin', origin);
  const response = await fetch(server.url + path, { ...init, headers });
  await response.body?.cancel();
  return response;
}

const allowedOf = (response: Response) => response.headers.get('access-control-allow-origin');
const varyOf = (response: Response) => (response.headers.get('vary') ?? '').toLowerCase().split(/, */);

describe.each<[string, string, RequestInit, number]>([
  ['the configuration', '/api/v1/config', {}, 200],
  ['a call without a token', '/trpc/project.list', {}, 401],
  ['a call of nothing', '/api/v1/none', {}, 404],
  ['a call that is badly formed', '/api/v1/sse/tasks/%ff/progress', {}, 400],
  ['an upload without a token', '/api/v1/uploads', { method: 'POST' }, 401],
  ['a plain stream without a token', '/api/v1/sse/tasks', {}, 401],
  ['a subscription, which the gateway answers ahead of tRPC', stream('task.onProgress', { taskId }), {}, 200],
  ['a subscription that tRPC answers', stream('task.onProgress', { taskId }), { headers: { 'trpc-accept': 'x' } }, 200],
  ['a batch', `${stream('project.list,task.list', { 0: {}, 1: {} })}&batch=1`, {}, 401],
])('%s', (...[, path, init, status]) => {
  test.each([0, 1])('may be read by a page of each origin that is named', async (which) => {
    const origin = [page, OTHER][which] ?? '';
    const response = await ask(path, { ...init, origin });
    expect(response.status).toBe(status);
    expect(allowedOf(response)).toBe(origin);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/Retry-After.*X-Request-Id/);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(varyOf(response)).toContain('origin');
  });

  test.each([
    undefined,
    'null',
    '*',
    'http://localhost:5174',
    'https://localhost:5173',
    'http://localhost:5173.evil.example',
  ])('may not be read by a page of %s, and says that its answer depends on that', async (origin) => {
    const response = await ask(path, origin === undefined ? init : { ...init, origin });
    expect(response.status).toBe(status);
    expect(allowedOf(response)).toBeNull();
    expect(varyOf(response)).toContain('origin');
  });
});

test('a page can also read the refusal of a call too many, and the time after which it may come back', async () => {
  const headers = await server.as('ada');
  const open = await Promise.all([1, 2, 3].map(() => fetch(`${server.url}/api/v1/sse/tasks`, { headers })));
  const refused = await ask('/api/v1/sse/tasks', { headers, origin: OTHER });
  expect(refused.status).toBe(429);
  expect(allowedOf(refused)).toBe(OTHER);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  for (const each of open) await each.body?.cancel();
});

describe('a preflight', () => {
  const preflight = (path: string, origin: string) =>
    ask(path, {
      method: 'OPTIONS',
      origin,
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,x-own' },
    });

  test.each(['/trpc/task.create', '/trpc/task.onProgress', '/api/v1/uploads', '/api/v1/sse/tasks', '/api/v1/none'])(
    'of %s is answered with what may be sent, and for how long that holds',
    async (path) => {
      const response = await preflight(path, OTHER);
      expect(response.status).toBe(204);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': OTHER,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers': 'authorization,x-own',
        'access-control-max-age': '7200',
        vary: 'Origin, Access-Control-Request-Headers',
      });
    },
  );

  test('of a page that is not named allows nothing', async () => {
    const response = await preflight('/trpc/task.create', 'http://evil.example');
    expect(response.status).toBe(204);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test('without the setting there is no word of it', async () => {
  const strict = await startTestServer(backing);
  try {
    const response = await fetch(`${strict.url}/api/v1/config`, { headers: { origin: OTHER } });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(response.headers.get('vary') ?? '').not.toMatch(/origin/i);
    const preflight = await fetch(`${strict.url}/trpc/task.create`, {
      method: 'OPTIONS',
      headers: { origin: OTHER, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  } finally {
    await strict.stop();
  }
});

/** Script of a page; each step uses the libraries that pages use. */
const PAGE = `
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
window.callAll = async ({ url, token, taskId }) => {
  const authorization = 'Bearer ' + token;
  const authorized = (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, authorization } });
  const client = createTRPCClient({ links: [splitLink({
    condition: ({ type }) => type === 'subscription',
    true: httpSubscriptionLink({ url: url + '/trpc', EventSource, eventSourceOptions: { fetch: authorized } }),
    false: httpLink({ url: url + '/trpc', headers: { authorization } }),
  })] });
  const created = await client.task.create.mutate({ kind: 'demo.count', input: {} });
  const watched = await new Promise((resolve, reject) => {
    const subscription = client.task.onProgress.subscribe({ taskId }, {
      onData: ({ data }) => { subscription.unsubscribe(); resolve(data.type); },
      onError: reject,
    });
  });
  const plain = await new Promise((resolve) => {
    const source = new EventSource(url + '/api/v1/sse/tasks/' + taskId + '/progress?lastEventId=', { fetch: authorized });
    source.addEventListener('snapshot', (event) => { source.close(); resolve(event.lastEventId); });
  });
  const form = new FormData();
  form.set('file', new Blob(['words']), 'words.txt');
  const uploaded = await authorized(url + '/api/v1/uploads', { method: 'POST', body: form });
  const refused = await fetch(url + '/trpc/project.list');
  return {
    created: created.status, watched, plain, uploaded: uploaded.status,
    refused: [refused.status, refused.headers.get('www-authenticate')],
  };
};`;

describe('a page in Chromium', () => {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const stdin = { contents: PAGE, resolveDir: import.meta.dirname };
    const built = await build({ stdin, bundle: true, write: false, format: 'iife', platform: 'browser' });
    script = built.outputFiles[0]?.text ?? '';
  });
  afterAll(() => browser.close());

  async function callFrom(url: string) {
    const task = await startTask(server, 'ada');
    const { token } = await server.authority.issue('ada');
    const tab = await browser.newPage();
    try {
      await tab.goto(url);
      await tab.addScriptTag({ content: script });
      const asked = JSON.stringify({ url: server.url, token, taskId: task.taskId });
      return await tab.evaluate(`window.callAll(${asked}).catch((error) => 'refused: ' + error.message)`);
    } finally {
      await tab.close();
    }
  }

  test('of another port creates, watches both ways and uploads, and reads what it is refused', async () => {
    expect(await callFrom(page)).toEqual({
      created: 'queued',
      watched: 'snapshot',
      plain: '2',
      uploaded: 201,
      refused: [401, 'Bearer realm="taskwire"'],
    });
  });

  test('of an origin that is not named can call nothing', async () => {
    expect(await callFrom(page.replace('127.0.0.1', 'localhost'))).toMatch(/^refused: .*fetch/i);
  });
});

/** The browser of the machine, or another one that the environment names. */
function chromiumPath(): string {
  return process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
}

import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TaskwireError } from '@taskwire/protocol';
import { callerProcedure, errorFormatter, type Context } from '@taskwire/router';
import { defineTask, latest } from '@taskwire/tasks';
import { eventually } from '@taskwire/test-kit/vitest';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import { initTRPC } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { EventSource } from 'eventsource';
import express, { Router, type Express } from 'express';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createTaskwireServer, type TaskwireServerOptions } from './create-taskwire-server.ts';
import { StartError } from './start-failure.ts';
import { serve } from './testing/serve.ts';
import { fileForm } from './testing/form.ts';
import { createBacking, type Backing } from './testing/test-server.ts';

const countWords = defineTask({
  kind: 'words.count',
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
  channels: { preview: latest(z.object({ word: z.string() })) },
});
const tasks = [countWords] as const;
const greet = callerProcedure.query(({ ctx }) => `hello ${ctx.caller.userId}`);

let backing: Backing;
const closing: (() => Promise<void>)[] = [];
const lines: string[] = [];

beforeAll(async () => {
  backing = await createBacking();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => backing.close());

/** The session of a team's own app: a cookie with the name of a user. */
function sessionOf({ headers }: IncomingMessage): { userId: string } | undefined {
  const session = /(?:^|; )session=([^;]*)/.exec(headers.cookie ?? '')?.[1];
  if (session === undefined) return undefined;
  if (session === 'over') throw new TaskwireError('UNAUTHENTICATED', 'your session is over: sign in again');
  if (session === 'broken') throw new Error('the session store says hunter2');
  return { userId: decodeURIComponent(session) };
}

type Options = Partial<TaskwireServerOptions<typeof tasks, { greet: typeof greet }>>;

function createTaskwire(options: Options = {}) {
  const taskwire = createTaskwireServer({
    tasks,
    procedures: { greet },
    authenticate: sessionOf,
    databaseUrl: backing.database.databaseUrl,
    redisUrl: backing.redis.redisUrl,
    uploadDirectory: backing.uploadDirectory,
    drainMs: 2_000,
    port: 0,
    logger: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    ...options,
  });
  closing.push(taskwire.close);
  return taskwire;
}

async function listening(app: Express): Promise<string> {
  const { url, close } = await serve(app);
  closing.push(close);
  return url;
}

const as = (user: string) => ({ cookie: `theme=dark; session=${encodeURIComponent(user)}` });

describe('in an Express app of a team', () => {
  async function startApp(options: Options = {}, mountAt = '/taskwire') {
    const taskwire = createTaskwire(options);
    const app = express();
    app.use(express.json());
    app.get('/before', (_request, response) => void response.send('before'));
    app.use(mountAt, taskwire.handler);
    app.get('/api/v1/users', (_request, response) => void response.json(['ada']));
    app.get('/after', (_request, response) => void response.send('after'));
    app.use('/taskwire/own', (_request, response) => void response.send('own'));
    const url = await listening(app);
    const prefix = mountAt === '/' ? url : url + mountAt;
    const client = (user: string) =>
      createTRPCClient<typeof taskwire.router>({ links: [httpLink({ url: `${prefix}/trpc`, headers: as(user) })] });
    return { taskwire, url, prefix, client };
  }

  test('tasks are created and watched under a prefix, by tRPC and by plain streams', async () => {
    const { prefix, client } = await startApp();
    const { taskId } = await client('ada').task.create.mutate({ kind: 'words.count', input: { text: 'a b' } });
    expect(await client('ada').greet.query()).toBe('hello ada');
    expect((await client('bob').task.list.query({})).items).toEqual([]);
    const address = `${prefix}/trpc/task.onProgress?input=${encodeURIComponent(JSON.stringify({ taskId }))}`;
    for (const url of [address, `${prefix}/api/v1/sse/tasks/${taskId}/progress`]) {
      const response = await fetch(url, { headers: as('ada') });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      await eventually(async () => {
        text += (await reader?.read())?.value ?? '';
        expect(text).toContain('"kind":"words.count"');
      });
      await reader?.cancel();
    }
  });

  test('the log names streams and other requests by the same prefix', async () => {
    const { prefix, client } = await startApp();
    const { taskId } = await client('ada').task.create.mutate({ kind: 'words.count', input: { text: 'a b' } });
    lines.length = 0;
    const input = encodeURIComponent(JSON.stringify({ taskId }));
    const stream = await fetch(`${prefix}/trpc/task.onProgress?input=${input}`, { headers: as('ada') });
    await stream.body?.cancel();
    await client('ada').task.list.query({});
    await eventually(() => {
      expect(lines.join('')).toContain('"path":"/taskwire/trpc/task.onProgress"');
      expect(lines.join('')).toContain('"path":"/taskwire/trpc/task.list"');
    });
  });

  test('a kind of the team is tried as often as its definition says', async () => {
    const { client } = await startApp();
    const { taskId } = await client('ada').task.create.mutate({ kind: 'words.count', input: { text: 'a b' } });
    const options = `redis.call('HGET', '{taskwire-queue}:tasks:${taskId}', 'opts')`;
    const attempts = `return tonumber(string.match(${options}, 'attempts[^0-9]*([0-9]+)'))`;
    expect(await backing.redis.command(`EVAL "${attempts}" 0`)).toBe(':3');
  });

  test('uploads and health work under a prefix', async () => {
    const { prefix } = await startApp();
    const body = fileForm('a b', 'words.txt');
    const upload = await fetch(`${prefix}/api/v1/uploads`, { method: 'POST', body, headers: as('ada') });
    expect(upload.status).toBe(415);
    await eventually(async () => expect((await fetch(`${prefix}/readyz`)).status).toBe(200));
  });

  test.each(['/taskwire', '/'])('mounted at %s, it leaves other routes untouched', async (mountAt) => {
    const { url, prefix } = await startApp({}, mountAt);
    for (const [path, text] of [
      ['/before', 'before'],
      ['/after', 'after'],
      ['/api/v1/users', '["ada"]'],
      ['/taskwire/own', 'own'],
    ] as const) {
      const response = await fetch(url + path);
      expect(await response.text()).toBe(text);
      expect(response.headers.get('content-security-policy')).toBeNull();
      expect(response.headers.get('x-powered-by')).toBe('Express');
    }
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect(await (await fetch(`${prefix}/api/v1/uploads/x`)).json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  test('own routes get the caller, and answer errors in Taskwire’s form', async () => {
    const whoAmI = Router().get('/', (_request, response) => void response.json('not reached'));
    const { prefix } = await startApp({
      routes: {
        '/api/v1/me': ({ requireCaller }) =>
          Router()
            .get('/', async (request, response) => void response.json(await requireCaller(request)))
            .use(whoAmI),
      },
    });
    expect(await (await fetch(`${prefix}/api/v1/me`, { headers: as('ada') })).json()).toEqual({ userId: 'ada' });
    const refused = await fetch(`${prefix}/api/v1/me`);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED', message: 'sign in first' } });
  });

  test('nothing is opened before the first request; a closed server refuses', async () => {
    const { taskwire, prefix } = await startApp();
    expect((await fetch(`${prefix}/healthz`)).status).toBe(200);
    await taskwire.close();
    const refused = await fetch(`${prefix}/healthz`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } });
  });

  test('a server that cannot start says so, to callers and to who starts it', async () => {
    const uploadDirectory = join(import.meta.filename, 'uploads');
    const { taskwire, prefix } = await startApp({ uploadDirectory });
    const refused = await fetch(`${prefix}/healthz`);
    expect(refused.status).toBe(503);
    expect(await refused.text()).not.toContain(uploadDirectory);
    await expect(taskwire.listen({ signals: false })).rejects.toThrow(StartError);
    await expect(taskwire.start()).rejects.toThrow(/UPLOAD_DIRECTORY/);
  });

  test('pages are shown under the prefix, too', async () => {
    const webApps = [{ path: '/', name: 'Own', directory: fileURLToPath(new URL('testing', import.meta.url)) }];
    const { url, prefix } = await startApp({ webApps });
    expect((await fetch(`${prefix}/form.ts`)).headers.get('cache-control')).toBe('no-cache');
    expect(await (await fetch(`${url}/after`)).text()).toBe('after');
  });

  test('its streams end when it closes, and its clients may come back', async () => {
    const { taskwire, prefix } = await startApp();
    const stream = await fetch(`${prefix}/api/v1/sse/tasks`, { headers: as('ada') });
    const text = stream.text();
    await taskwire.close();
    expect(await text).toContain('the server is restarting');
  });
});

test('a plain node server may use the handler as it is', async () => {
  const taskwire = createTaskwire({
    authenticate: undefined,
    authSecret: 'a secret of the tests, long enough to be one',
  });
  const { url, close } = await serve(taskwire.handler);
  closing.push(close);
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  const nothing = await fetch(`${url}/nothing`);
  expect([nothing.status, await nothing.text()]).toEqual([404, expect.stringContaining('NOT_FOUND')]);
  expect((await fetch(`${url}/trpc/greet`)).status).toBe(401);
});

describe('the session of a team', () => {
  const call = (url: string, headers: Record<string, string>, init: RequestInit = {}) =>
    fetch(`${url}/trpc/project.list?input=${encodeURIComponent('{}')}`, { headers, ...init });

  async function start(options: Options = {}): Promise<string> {
    return createTaskwire(options).listen({ signals: false });
  }

  test('is refused in its own words; none is asked for in general ones', async () => {
    const url = await start();
    const over = await call(url, as('over'));
    expect(over.status).toBe(401);
    expect(await over.text()).toContain('your session is over: sign in again');
    expect(await (await call(url, {})).text()).toContain('sign in first');
  });

  test('that cannot be read is a fault of the server: it is logged, and the answer does not name it', async () => {
    const url = await start();
    lines.length = 0;
    for (const path of ['/trpc/project.list', '/api/v1/sse/tasks']) {
      const broken = await fetch(url + path, { headers: as('broken') });
      expect(broken.status).toBe(500);
      expect(await broken.text()).not.toContain('hunter2');
    }
    expect(lines.join('')).toContain('hunter2');
  });

  test.each([
    ['a control character', { userId: 'a\nb' }],
    ['no letter', { userId: '' }],
    ['too long an id', { userId: 'a'.repeat(201) }],
    ['an expiry that is no number', { userId: 'ada', expiresAt: Number.NaN }],
  ])('that names a user with %s is a fault of the server', async (_what, user) => {
    const url = await start({ authenticate: () => user });
    expect((await call(url, {})).status).toBe(500);
  });

  test('ends its streams when it expires', async () => {
    const url = await start({ authenticate: () => ({ userId: 'ada', expiresAt: Date.now() + 1_500 }) });
    const stream = await fetch(`${url}/api/v1/sse/tasks`);
    expect(await stream.text()).toContain('snapshot');
  });

  test.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 401],
    ['a page of another port or subdomain', { 'sec-fetch-site': 'same-site' }, 401],
    ['an old browser with another origin', { origin: 'https://evil.example' }, 401],
    ['a sandboxed page', { origin: 'null' }, 401],
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a program', {}, 200],
  ])('changes nothing for a call from %s', async (_who, headers, status) => {
    const url = await start();
    const body = JSON.stringify({ name: `of ${JSON.stringify(headers)}` });
    const send = { method: 'POST', body, headers: { 'content-type': 'application/json', ...as('ada'), ...headers } };
    expect((await fetch(`${url}/trpc/project.create`, send)).status).toBe(status);
    const upload = { method: 'POST', body: fileForm('x', 'x.txt'), headers: { ...as('ada'), ...headers } };
    expect((await fetch(`${url}/api/v1/uploads`, upload)).status).toBe(status === 200 ? 415 : 401);
    expect((await call(url, { ...as('ada'), ...headers })).status).toBe(200);
  });
});

describe('in a tRPC router of a team', () => {
  async function startRouter() {
    const taskwire = createTaskwire({ callsPerUser: 50 });
    const trpc = initTRPC.context<Context & { shop: string }>().create({ errorFormatter });
    const router = trpc.router({
      shop: trpc.procedure.query(({ ctx }) => ctx.shop),
      taskwire: taskwire.router,
    });
    const app = express();
    const createContext = async ({ req }: { req: IncomingMessage }) => ({
      ...(await taskwire.createContext({ req })),
      shop: 'books',
    });
    app.use('/rpc', createExpressMiddleware({ router, createContext }));
    const url = `${await listening(app)}/rpc`;
    const client = (user: string): TRPCClient<typeof router> =>
      createTRPCClient<typeof router>({
        links: [
          splitLink({
            condition: ({ type }) => type === 'subscription',
            true: httpSubscriptionLink({
              url,
              EventSource,
              eventSourceOptions: () => ({
                fetch: (input: string | URL, init: RequestInit) =>
                  fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...as(user) } }),
              }),
            }),
            false: httpLink({ url, headers: as(user) }),
          }),
        ],
      });
    return { client };
  }

  test('calls have their caller, own procedures their context, and errors their Taskwire form', async () => {
    const { client } = await startRouter();
    expect(await client('ada').shop.query()).toBe('books');
    expect(await client('ada').taskwire.greet.query()).toBe('hello ada');
    const { taskId } = await client('ada').taskwire.task.create.mutate({ kind: 'words.count', input: { text: 'a' } });
    await expect(client('bob').taskwire.task.get.query({ taskId })).rejects.toMatchObject({
      data: { taskwireCode: 'NOT_FOUND', fields: [] },
    });
    await expect(client('over').taskwire.greet.query()).rejects.toMatchObject({
      message: 'your session is over: sign in again',
      data: { code: 'UNAUTHORIZED', taskwireCode: 'UNAUTHENTICATED' },
    });
  });

  test('the stock subscription link watches a task', async () => {
    const { client } = await startRouter();
    const { taskId } = await client('ada').taskwire.task.create.mutate({ kind: 'words.count', input: { text: 'a' } });
    const received: string[] = [];
    const watch = client('ada').taskwire.task.onProgress.subscribe(
      { taskId },
      { onData: ({ data }) => void received.push(data.type), onError: (error) => void received.push(error.message) },
    );
    await eventually(() => expect(received).toEqual(['snapshot']));
    await client('ada').taskwire.task.cancel.mutate({ taskId });
    await eventually(() => expect(received.at(-1)).toBe('canceled'));
    watch.unsubscribe();
  });

  test('a user’s calls have their limit', async () => {
    const { client } = await startRouter();
    const { taskId } = await client('ada').taskwire.task.create.mutate({ kind: 'words.count', input: { text: 'a' } });
    const poll = () => client('ada').taskwire.task.poll.query({ taskId, lastEventId: '1', waitMs: 3_000 });
    const answers = await Promise.allSettled(Array.from({ length: 60 }, poll));
    const refused = answers.filter((answer) => answer.status === 'rejected').map(({ reason }): unknown => reason);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ data: { code: 'TOO_MANY_REQUESTS', taskwireCode: 'TOO_MANY_REQUESTS' } });
  });
});

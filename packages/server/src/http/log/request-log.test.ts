import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileForm } from '../../testing/form.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
  await eventually(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200));
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** The log lines of a request, by the id that its answer had. */
async function linesOf(response: Response): Promise<unknown[]> {
  const id = response.headers.get('x-request-id') ?? 'none';
  const lines = () =>
    server
      .logs()
      .split('\n')
      .filter((line) => line.includes(id));
  await eventually(() => expect(lines()).not.toEqual([]));
  return lines().map((line): unknown => JSON.parse(line));
}

test('a request is one line: id, method, path, status', async () => {
  const response = await fetch(`${server.url}/api/v1/config?x=1`);
  const id = response.headers.get('x-request-id');
  expect(await linesOf(response)).toEqual([
    expect.objectContaining({
      level: 30,
      req: { id, method: 'GET', path: '/api/v1/config' },
      res: { statusCode: 200 },
      responseTime: expect.any(Number),
    }),
  ]);
});

test.each(['/healthz', '/readyz', '/', '/vue/', '/favicon.ico'])('%s is no news', async (path) => {
  expect(await linesOf(await fetch(server.url + path))).toMatchObject([{ level: 20 }]);
});

test('no secret, no query, no input and no file content gets into the log', async () => {
  const { authorization } = await server.as('ada');
  const secret = 'kept-out-of-the-log';
  const headers = { authorization, cookie: `session=${secret}`, 'x-api-key': secret };
  const json = { ...headers, 'content-type': 'application/json' };
  const post = (path: string, body: unknown) =>
    fetch(server.url + path, { method: 'POST', headers: json, body: JSON.stringify(body) });
  const { url } = server;
  const input = encodeURIComponent(JSON.stringify({ query: secret }));
  await Promise.all([
    fetch(`${url}/trpc/document.search?input=${input}`, { headers }),
    fetch(`${url}/api/v1/sse/tasks/${secret}/progress?token=${secret}`, {
      headers: { authorization: `Bearer ${secret}` },
    }),
    fetch(`${url}/api/v1/none?token=${secret}`, { headers }),
    fetch(`${url}/api/v1/uploads`, { method: 'POST', headers, body: fileForm(secret, 'x.txt') }),
    post('/trpc/task.create', { kind: secret, input: { uploadId: secret } }),
    post('/trpc/project.create', { name: `${secret}\u0000` }),
    post('/api/v1/dev/sign-in', { name: secret }),
  ]);
  // A failure of the server's own is logged with its cause, and still without what the caller sent.
  await server.database.$executeRaw`ALTER TABLE "Project" RENAME TO "ProjectAway"`;
  const failed = await post('/trpc/project.create', { name: secret });
  await server.database.$executeRaw`ALTER TABLE "ProjectAway" RENAME TO "Project"`;
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toContain('Project');
  await eventually(() => expect(server.logs()).toContain('procedure failed'));
  const logged = server.logs().replaceAll(`/sse/tasks/${secret}/`, '');
  expect(logged).not.toContain(secret);
  expect(logged).not.toContain(authorization.slice(-40));
  expect(logged).not.toContain(server.environment.authSecret);
});

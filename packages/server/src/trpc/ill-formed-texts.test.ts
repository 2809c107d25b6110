import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const NO_TASK = '00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

interface Endpoint {
  path: string;
  query?: boolean;
  /** The input with the text in it. */
  input: (text: string) => object;
  field: string;
}

const count = { kind: 'demo.count', input: {} };
const endpoints: [string, Endpoint][] = [
  ['a task input', { path: 'task.create', input: (text) => ({ ...count, input: { to: text } }), field: 'input.to' }],
  [
    'a task input, deep inside',
    {
      path: 'task.create',
      input: (text) => ({ ...count, input: { failures: [{ text }] } }),
      field: 'input.failures.0.text',
    },
  ],
  [
    'the name of a field of a task input',
    { path: 'task.create', input: (text) => ({ ...count, input: { [`a${text}`]: 1 } }), field: 'input.a' },
  ],
  ['a kind', { path: 'task.create', input: (text) => ({ kind: text, input: {} }), field: 'kind' }],
  [
    'an idempotency key',
    { path: 'task.create', input: (text) => ({ ...count, idempotencyKey: text }), field: 'idempotencyKey' },
  ],
  [
    'the key of a retry',
    { path: 'task.retry', input: (text) => ({ taskId: NO_TASK, idempotencyKey: text }), field: 'idempotencyKey' },
  ],
  ['a project name', { path: 'project.create', input: (text) => ({ name: `p${text}` }), field: 'name' }],
  ['a filter of a list', { path: 'task.list', query: true, input: (text) => ({ status: [text] }), field: 'status.0' }],
  ['the cursor of a list', { path: 'task.list', query: true, input: (text) => ({ cursor: text }), field: 'cursor' }],
  [
    'the cursor of a history',
    { path: 'task.history', query: true, input: (text) => ({ taskId: NO_TASK, cursor: text }), field: 'cursor' },
  ],
  [
    'the cursor of a poll',
    { path: 'task.poll', query: true, input: (text) => ({ taskId: NO_TASK, lastEventId: text }), field: 'lastEventId' },
  ],
];

async function call({ path, query = false }: Endpoint, input: string): Promise<Response> {
  const headers = { ...(await server.as('ada')), 'content-type': 'application/json' };
  if (query) return fetch(`${server.url}/trpc/${path}?input=${encodeURIComponent(input)}`, { headers });
  return fetch(`${server.url}/trpc/${path}`, { method: 'POST', headers, body: input });
}

describe.each(endpoints)('%s', (_what, endpoint) => {
  // JSON writes both as escapes: they come in as any other text.
  test.each([
    ['half of a surrogate pair', 'x\ud800'],
    ['the other half', '\udc00'],
    ['NUL', '\0'],
  ])('with %s is refused with 400, naming the field', async (_which, text) => {
    const response = await call(endpoint, JSON.stringify(endpoint.input(text)));
    expect(response.status).toBe(400);
    const { error }: { error: { data: object } } = JSON.parse(await response.text());
    const fields = [expect.objectContaining({ path: expect.stringContaining(endpoint.field) })];
    expect(error.data).toMatchObject({ taskwireCode: 'INVALID_INPUT', fields });
  });
});

test.each([5_000, 200])('an input that is nested %d levels deep is refused, and nothing breaks', async (levels) => {
  const nested = `{"kind":"demo.count","input":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
  const response = await call({ path: 'task.create', input: () => ({}), field: '' }, nested);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('levels deep');
});

test('idempotency keys of bytes that are no text are refused: they would all be one', async () => {
  const headers = { ...(await server.as('ada')), 'content-type': 'application/json' };
  for (const byte of [0xff, 0xfe, 0x80]) {
    const body = Buffer.from('{"kind":"demo.count","input":{},"idempotencyKey":"key@"}');
    body[body.indexOf('@')] = byte;
    const response = await fetch(`${server.url}/trpc/task.create`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('U+FFFD');
  }
  expect(await server.database.task.count()).toBe(0);
});

test('nothing of it was stored, and nothing is an error of the server', async () => {
  expect(await server.database.task.count()).toBe(0);
  expect(await server.database.project.count({ where: { name: { startsWith: 'p' } } })).toBe(0);
  expect(server.logs()).not.toContain('"level":50');
});

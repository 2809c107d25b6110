import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
let authorization: string;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
  ({ authorization } = await server.as('ada'));
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** Sends bytes as they stand here. @returns the whole answer once the connection has ended. */
function send(...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('end', () => resolve(answer)).on('error', reject);
    socket.write(lines.join('\r\n'));
  });
}

const HEAD = ['Host: localhost', 'Connection: close'];
const request = (first: string, ...more: string[]) => send(`${first} HTTP/1.1`, ...HEAD, ...more, '', '');
const json = (first: string, body: string, ...more: string[]) =>
  send(`${first} HTTP/1.1`, ...HEAD, 'Content-Type: application/json', ...more, '', body);
const length = (text: string) => `Content-Length: ${Buffer.byteLength(text)}`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.\d (\d{3})/.exec(answer)?.[1]);

const MALFORMED: [string, () => Promise<string>][] = [
  ['GET /trpc/%', () => request('GET /trpc/%')],
  ['GET /trpc/a%ff', () => request('GET /trpc/a%ff')],
  ['POST /trpc/%zz', () => request('POST /trpc/%zz', 'Content-Length: 0')],
  ['GET /trpc/%00', () => request('GET /trpc/%00')],
  ['GET /trpc/', () => request('GET /trpc/')],
  ['GET /trpc', () => request('GET /trpc')],
  ['GET /trpc//', () => request('GET /trpc//')],
  ['GET /trpc/constructor', () => request('GET /trpc/constructor')],
  ['GET /trpc/__proto__.x', () => request('GET /trpc/__proto__.x')],
  ['GET //', () => request('GET //')],
  ['GET //evil.example/..%2f', () => request('GET //evil.example/..%2f')],
  ['GET /%', () => request('GET /%')],
  ['GET /vue/%ff', () => request('GET /vue/%ff')],
  ['GET /api/v1/sse/tasks/%/progress', () => request('GET /api/v1/sse/tasks/%/progress')],
  ['GET http://[/trpc', () => request('GET http://[/trpc')],
  ['GET http://other.example/trpc/project.list', () => request('GET http://other.example/trpc/project.list')],
  [
    'GET /trpc/project.list?input={',
    () => request('GET /trpc/project.list?input={', `Authorization: ${authorization}`),
  ],
  ['GET …?input=%', () => request('GET /trpc/task.get?input=%', `Authorization: ${authorization}`)],
  ['GET …?input=null', () => request('GET /trpc/task.get?input=null', `Authorization: ${authorization}`)],
  ['GET …?batch=1&input=[]', () => request('GET /trpc/task.get?batch=1&input=[]', `Authorization: ${authorization}`)],
  [
    'GET …?batch=1&input=5',
    () => request('GET /trpc/task.get,task.get?batch=1&input=5', `Authorization: ${authorization}`),
  ],
  ['GET …?lastEventId=%', () => request('GET /trpc/task.onAny?lastEventId=%', `Authorization: ${authorization}`)],
  [
    'GET …?connectionParams=x',
    () => request('GET /trpc/task.get?connectionParams=x', `Authorization: ${authorization}`),
  ],
  ['a deep ?input', () => request(`GET /trpc/task.get?input=${'['.repeat(7_000)}`, `Authorization: ${authorization}`)],
  ['a huge ?input', () => request(`GET /trpc/task.get?input=${'x'.repeat(20_000)}`)],
  ['a huge header', () => request('GET /trpc/task.get', `X-Big: ${'x'.repeat(20_000)}`)],
  ['TRACE /', () => request('TRACE /')],
  ['TRACE /trpc/task.get', () => request('TRACE /trpc/task.get')],
  ['PUT /trpc/task.get', () => request('PUT /trpc/task.get', 'Content-Length: 0')],
  ['DELETE /api/v1/uploads', () => request('DELETE /api/v1/uploads')],
  ['PATCH /trpc/task.create', () => json('PATCH /trpc/task.create', '{}', length('{}'))],
  ['OPTIONS /trpc/task.get', () => request('OPTIONS /trpc/task.get')],
  ['PROPFIND /', () => request('PROPFIND /')],
  ['CONNECT localhost:1', () => request('CONNECT localhost:1')],
  ['a method that does not exist', () => request('BREW /')],
  ['GET with a body', () => json('GET /trpc/task.get', '{}', length('{}'))],
  ['POST /trpc/task.get (a query)', () => json('POST /trpc/task.get', '{}', length('{}'))],
  ['GET /trpc/task.create (a mutation)', () => request('GET /trpc/task.create')],
  ['a body that is no JSON', () => json('POST /trpc/task.create', '{', length('{'), `Authorization: ${authorization}`)],
  [
    'a body that is not UTF-8',
    () => json('POST /trpc/task.create', '"\ud800"', 'Content-Length: 5', `Authorization: ${authorization}`),
  ],
  [
    'a deep body',
    () =>
      json('POST /trpc/task.create', '['.repeat(200_000), 'Content-Length: 200000', `Authorization: ${authorization}`),
  ],
  [
    'a body of another type',
    () =>
      send(
        'POST /trpc/task.create HTTP/1.1',
        ...HEAD,
        'Content-Type: text/plain',
        'Content-Length: 1',
        `Authorization: ${authorization}`,
        '',
        'x',
      ),
  ],
  [
    'a body of a broken type',
    () =>
      send(
        'POST /trpc/task.create HTTP/1.1',
        ...HEAD,
        'Content-Type: ;;;',
        'Content-Length: 1',
        `Authorization: ${authorization}`,
        '',
        'x',
      ),
  ],
  [
    'a body of a type twice',
    () =>
      json('POST /trpc/task.create', 'x', 'Content-Type: x/y', 'Content-Length: 1', `Authorization: ${authorization}`),
  ],
  [
    'a form of a broken type',
    () =>
      send(
        'POST /trpc/task.create HTTP/1.1',
        ...HEAD,
        'Content-Type: multipart/form-data',
        'Content-Length: 1',
        `Authorization: ${authorization}`,
        '',
        'x',
      ),
  ],
  [
    'a body in an unknown encoding',
    () => json('POST /api/v1/dev/sign-in', 'x', 'Content-Encoding: rot13', 'Content-Length: 1'),
  ],
  [
    'a body that is no gzip',
    () => json('POST /api/v1/dev/sign-in', 'x', 'Content-Encoding: gzip', 'Content-Length: 1'),
  ],
  [
    'a body in an unknown character set',
    () =>
      send(
        'POST /api/v1/dev/sign-in HTTP/1.1',
        ...HEAD,
        'Content-Type: application/json; charset=x',
        'Content-Length: 1',
        '',
        'x',
      ),
  ],
  ['a length that is no number', () => json('POST /trpc/task.create', 'x', 'Content-Length: x')],
  [
    'a length and chunks',
    () => json('POST /trpc/task.create', '0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
  ],
  [
    'chunks that are broken',
    () => json('POST /trpc/task.create', 'zz\r\nx', 'Transfer-Encoding: chunked', `Authorization: ${authorization}`),
  ],
  ['an unknown version', () => send('GET / HTTP/9.9', ...HEAD, '', '')],
  ['no version', () => send('GET /', '', '')],
  ['HTTP/1.0 without a host', () => send('GET /trpc/project.list HTTP/1.0', '', '')],
  ['HTTP/1.1 without a host', () => send('GET /api/v1/config HTTP/1.1', 'Connection: close', '', '')],
  ['a host that is none', () => send('GET /trpc/project.list HTTP/1.1', 'Host: a b/c?', 'Connection: close', '', '')],
  ['two hosts', () => send('GET /trpc/project.list HTTP/1.1', 'Host: a', 'Host: b', 'Connection: close', '', '')],
  ['a broken Range', () => request('GET /api/v1/config', 'Range: bytes=9-1')],
  ['a Range of a page', () => request('GET /', 'Range: bytes=999999-')],
  ['a broken If-Modified-Since', () => request('GET /', 'If-Modified-Since: never')],
  ['a header with a NUL', () => request('GET /', 'X: a\0b')],
  ['an unknown Expect', () => request('GET /', 'Expect: wonders')],
  ['a token of another form', () => request('GET /trpc/project.list', 'Authorization: Bearer a b')],
  [
    'a token with strange letters',
    () => request('GET /trpc/project.list', 'Authorization: Bearer \u00ff.\u00ff.\u00ff'),
  ],
  [
    'Upgrade to a WebSocket',
    () => send('GET /trpc HTTP/1.1', 'Host: x', 'Connection: Upgrade, close', 'Upgrade: websocket', '', ''),
  ],
];

describe('a malformed request is answered as its sender’s fault, without a stack in the log', () => {
  test.each(MALFORMED)('%s', async (_what, ask) => {
    const before = server.logs().length;
    const answer = await ask();
    const log = server.logs().slice(before);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(200);
    expect(statusOf(answer)).toBeLessThan(500);
    expect(log).not.toMatch(/\\n {4}at |"level":[56]0/);
  });
});

describe('the answer to a malformed request', () => {
  test.each(['/trpc/%', '/trpc/a%ff', '/vue/%c3', '/api/v1/%'])(
    '%s, which cannot be decoded: 400, saying so',
    async (path) => {
      const answer = await request(`GET ${path}`);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toMatch(/"code":"INVALID_INPUT","message":"the address cannot be decoded: write % as %25"/);
    },
  );

  test.each(['TRACE /', 'TRACE /trpc/task.get', 'PUT /trpc/task.create', 'DELETE /api/v1/uploads', 'PROPFIND /vue/'])(
    '%s, a method without a route: 405 with the allowed methods',
    async (first) => {
      const answer = await request(first);
      expect(statusOf(answer)).toBe(405);
      expect(answer).toMatch(/^allow: GET, HEAD, POST, OPTIONS\r$/im);
      expect(answer).toMatch(/"code":"METHOD_NOT_ALLOWED"/);
    },
  );

  test('CONNECT: 405, and the connection ends', async () => {
    const answer = await request('CONNECT localhost:1');
    expect(statusOf(answer)).toBe(405);
    expect(answer).toMatch(/^allow: GET, HEAD, POST, OPTIONS\r$/im);
  });
});

test.each([
  ['requests', `/trpc/${'x'.repeat(12_000)}?secret=hunter2`],
  ['subscriptions, which the gateway answers', `/trpc/task.onAny?input=${encodeURIComponent('{"secret":"hunter2"}')}`],
  ['plain streams', '/api/v1/sse/tasks?secret=hunter2'],
])(
  'two thousand %s without a token leave a bounded log: some lines, then their number',
  async (_what, path) => {
    const before = server.logs().length;
    for (let round = 0; round < 20; round += 1) {
      const answers = Array.from({ length: 100 }, () => fetch(server.url + path).then((each) => each.text()));
      await Promise.all(answers);
    }
    const log = server.logs().slice(before);
    expect(log.length).toBeLessThan(200_000);
    expect(log).not.toMatch(/hunter2|\\n {4}at /);
    for (const line of log.trim().split('\n')) expect(line.length).toBeLessThan(700);
  },
  120_000,
);

test.each(['http://[/trpc', 'http://[::1/trpc/task.list', 'http://a:b/x', '//[x', 'http://x:99999/'])(
  'an address that is no URL is refused in the server’s own form: %s',
  async (address) => {
    const answer = await request(`GET ${address}`, `Authorization: ${authorization}`);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).toMatch(/\r\n\r\n\{"error":\{"code":"(INVALID_INPUT|NOT_FOUND)"/);
  },
);

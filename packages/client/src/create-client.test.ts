import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TaskwireClientError, createTaskwireClient, toClientError } from './index.ts';
import { SIGN_IN_CODE, countTask, ingestTask } from './testing/index.ts';
import { TestBench } from './testing/test-bench.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

async function failureOf(promise: Promise<unknown>): Promise<TaskwireClientError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof TaskwireClientError) return error;
  throw new Error('the call did not fail as it should', { cause: error });
}

describe('tasks.create', () => {
  test('answers with the task, typed by its kind', async () => {
    const task = await bench.client.tasks.create(countTask, { to: 3 }, { priority: 2 });
    expect(task).toMatchObject({ kind: 'demo.count', input: { to: 3, everyMs: 500 }, priority: 2, status: 'queued' });
  });

  test('accepts the id of an upload', async () => {
    const { uploadId } = await bench.client.upload(new Blob(['hello']), { fileName: 'a.txt' });
    const task = await bench.client.tasks.create(ingestTask, { uploadId });
    expect(task.input).toEqual({ uploadId, chunkSize: 1_200 });
  });

  test('names the field of an input that does not fit', async () => {
    const error = await failureOf(bench.client.tasks.create(countTask, { to: 0 }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'input.to' }] });
  });

  test.each([
    ['demo.count', 'demo.count'],
    [undefined, 'image.resize'],
  ])('names the argument and the remedy if %s stands in the place of a kind, as in JavaScript', async (task, named) => {
    const create: unknown = Reflect.get(bench.client.tasks, 'create');
    if (typeof create !== 'function') throw new Error('there is no such call');
    const error = await failureOf(Promise.resolve(Reflect.apply(create, undefined, [task, { to: 3 }])));
    const message = `task: must name a kind, by its definition or by taskKind("${named}")`;
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message, fields: [{ path: 'task' }] });
  });

  test('names the field that the server refused', async () => {
    const uploadId = '00000000-0000-4000-8000-000000000000';
    const error = await failureOf(bench.client.tasks.create(ingestTask, { uploadId }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 400, fields: [{ path: 'input.uploadId' }] });
  });
});

describe('upload', () => {
  test('answers with the stored file', async () => {
    const upload = await bench.client.upload(new Blob(['hello']), { fileName: 'grüße.txt' });
    expect(upload).toMatchObject({ fileName: 'grüße.txt', mediaType: 'text/plain', sizeBytes: 5 });
  });

  test('a file that is too large is refused with its code', async () => {
    const error = await failureOf(bench.client.upload(new Blob(['x'.repeat(2_000)]), { fileName: 'a.txt' }));
    expect(error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413, fields: [{ path: 'file' }] });
  });

  test('without a token it is refused', async () => {
    const error = await failureOf(bench.connect('').upload(new Blob(['x']), { fileName: 'a.txt' }));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });
});

describe('access to the server', () => {
  test('config and sign-in need no token, and the token signs in', async () => {
    const visitor = createTaskwireClient({ url: `${bench.server.url}/` });
    expect(await visitor.config()).toMatchObject({ authMode: 'dev' });
    const { token } = await visitor.signIn('cat', SIGN_IN_CODE);
    expect(await bench.connect(token).trpc.task.list.query({})).toEqual({ items: [] });
  });

  test('an unreachable server fails as NETWORK, naming its URL', async () => {
    const client = createTaskwireClient({ url: 'http://127.0.0.1:9' });
    const message = 'cannot reach http://127.0.0.1:9: is the server running there?';
    expect(await failureOf(client.config())).toMatchObject({ code: 'NETWORK', isRetryable: true, message });
    const error = await client.trpc.task.list.query({}).catch((reason: unknown) => reason);
    expect(toClientError(error)).toMatchObject({ code: 'NETWORK', message });
  });

  test.each(['', '127.0.0.1:4000', 'localhost:4000', '/taskwire', 'mailto:ann', 'http://'])(
    '%j is no URL of a server',
    (url) => {
      expect(() => createTaskwireClient({ url })).toThrow(`url: "${url}" is not a URL; give one such as http://`);
    },
  );

  test('a proxy whose server is away fails as retryable', async () => {
    const page = () => Promise.resolve(new Response('<html>Bad Gateway', { status: 502 }));
    const client = bench.connect('t', { fetch: page });
    expect(await failureOf(client.config())).toMatchObject({ code: 'NETWORK', status: 502, isRetryable: true });
    expect(await failureOf(client.tasks.create(countTask, {}))).toMatchObject({ isRetryable: true });
  });

  test('an answer of another server fails as NETWORK', async () => {
    const page = () => Promise.resolve(new Response('<html>', { status: 200 }));
    const error = await failureOf(bench.connect('t', { fetch: page }).config());
    expect(error.message).toContain('is the URL right?');
  });

  test('an invalid URL is refused, naming the field', () => {
    expect(() => createTaskwireClient({ url: 'localhost' })).toThrow(TaskwireClientError);
  });

  test('a token that no header can hold is refused before it is sent, and not repeated', async () => {
    const error = await failureOf(bench.connect('geheim\nx').tasks.create(countTask, {}));
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(error.message).not.toContain('geheim');
  });
});

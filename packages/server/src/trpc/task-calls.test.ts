import { randomUUID } from 'node:crypto';
import { createTaskWorker, type TaskJob } from '@taskwire/queue';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loseLogs } from '../testing/lose-logs.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** A promise and what resolves it. */
function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The message and data of the error with which a call fails. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) return { message: error.message, data: error.data };
    throw error;
  }
  throw new Error('the call did not fail');
}

/** Calls a procedure with an input that the types would not let through. */
async function post(path: string, input: unknown): Promise<Response> {
  const headers = { ...(await server.as('ada')), 'content-type': 'application/json' };
  return fetch(`${server.url}/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(input) });
}

describe('task.create', () => {
  test('a created task is found by its owner, queued, in the default project', async () => {
    const ada = await server.client('ada');
    const created = await ada.task.create.mutate({ kind: 'demo.count', input: { to: 3 } });
    expect(created).toMatchObject({
      kind: 'demo.count',
      status: 'queued',
      input: { to: 3, everyMs: 500 },
      priority: 5,
    });
    expect(await ada.task.get.query({ taskId: created.taskId })).toEqual(created);
    const { items } = await ada.project.list.query({});
    expect(items).toEqual([expect.objectContaining({ projectId: created.projectId, name: 'Default' })]);
  });

  test('an unknown kind is refused, naming the field', async () => {
    const response = await post('task.create', { kind: 'no.such', input: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { data: { taskwireCode: 'INVALID_INPUT', fields: [{ path: 'kind' }] } },
    });
  });

  test('an input that fails its schema is refused, naming each field', async () => {
    const response = await post('task.create', { kind: 'document.ingest', input: { uploadId: 'x', chunkSize: 1 } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        message: expect.stringContaining('input.uploadId'),
        data: { fields: [{ path: 'input.uploadId' }, { path: 'input.chunkSize' }] },
      },
    });
  });

  test("someone else's upload is refused as one that does not exist", async () => {
    const uploadId = randomUUID();
    const facts = { ownerId: 'eve', fileName: 'x', mediaType: 'text/plain', sizeBytes: 1 };
    await server.database.upload.create({ data: { id: uploadId, ...facts } });
    const ada = await server.client('ada');
    const create = (id: string) => ada.task.create.mutate({ kind: 'document.ingest', input: { uploadId: id } });
    const foreign = await failureOf(create(uploadId));
    expect(foreign).toMatchObject({ data: { httpStatus: 400, fields: [{ path: 'input.uploadId' }] } });
    expect(await failureOf(create(randomUUID()))).toEqual(foreign);
  });

  test('a body that is not JSON is the client’s fault', async () => {
    const headers = { ...(await server.as('ada')), 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/trpc/task.create`, { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { data: { taskwireCode: 'INVALID_INPUT' } } });
  });

  test('a body above a mebibyte is refused as too large', async () => {
    const response = await post('task.create', {
      kind: 'demo.count',
      input: {},
      idempotencyKey: 'x'.repeat(1024 * 1024),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { data: { taskwireCode: 'PAYLOAD_TOO_LARGE' } } });
  });

  test('a NUL character, which cannot be stored, is the client’s fault', async () => {
    const ada = await server.client('ada');
    const failure = await failureOf(ada.project.create.mutate({ name: 'a\u0000b' }));
    expect(failure).toMatchObject({ data: { taskwireCode: 'INVALID_INPUT' } });
  });
});

describe('idempotency keys', () => {
  test('the same key twice is one task', async () => {
    const ada = await server.client('ada');
    const request = { kind: 'demo.count', input: { to: 4 }, idempotencyKey: 'twice' } as const;
    const first = await ada.task.create.mutate(request);
    expect(await ada.task.create.mutate(request)).toEqual(first);
    expect(await server.database.task.count({ where: { idempotencyKey: 'twice' } })).toBe(1);
  });

  test('the same key many times at once, by a newcomer, is one task in one project with one first event', async () => {
    const bob = await server.client('bob');
    const request = { kind: 'demo.count', input: { to: 4 }, idempotencyKey: 'at once' } as const;
    const tasks = await Promise.all(Array.from({ length: 12 }, () => bob.task.create.mutate(request)));
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(1);
    expect(await server.database.project.count({ where: { ownerId: 'bob' } })).toBe(1);
    const events = await server.connections.eventLog.read({ ...task, ownerId: 'bob' }, 0, 10);
    expect(events.map(({ type }) => type)).toEqual(['queued']);
  });

  test('a log that Redis has lost is not begun at 1 again by a create with the same key', async () => {
    const ada = await server.client('ada');
    const request = { kind: 'demo.count', input: { to: 4 }, idempotencyKey: 'lost' } as const;
    const task = await ada.task.create.mutate(request);
    await loseLogs(backing);
    expect(await ada.task.create.mutate(request)).toEqual(task);
    expect(await server.connections.eventLog.inspect({ ...task, ownerId: 'ada' })).toBeUndefined();
  });

  test('a key used for another input is a conflict, naming the field', async () => {
    const ada = await server.client('ada');
    await ada.task.create.mutate({ kind: 'demo.count', input: { to: 4 }, idempotencyKey: 'reused' });
    const other = ada.task.create.mutate({ kind: 'demo.count', input: { to: 5 }, idempotencyKey: 'reused' });
    expect(await failureOf(other)).toMatchObject({
      data: { taskwireCode: 'CONFLICT', httpStatus: 409, fields: [{ path: 'idempotencyKey' }] },
    });
  });

  test('two owners may use the same key', async () => {
    const request = { kind: 'demo.count', input: {}, idempotencyKey: 'shared' } as const;
    const [ada, bob] = await Promise.all([server.client('ada'), server.client('bob')]);
    const [first, second] = await Promise.all([ada.task.create.mutate(request), bob.task.create.mutate(request)]);
    expect(first.taskId).not.toBe(second.taskId);
  });
});

describe('a foreign task', () => {
  /** The whole answer to a call, but for what differs from call to call. */
  const answer = async (path: string, init: RequestInit = {}) => {
    const headers = { ...(await server.as('ada')), 'content-type': 'application/json' };
    const response = await fetch(server.url + path, { ...init, headers });
    const body = (await response.text()).replace(/^retry: \d+$/m, 'retry: some time');
    return { status: response.status, body };
  };
  const query = (input: unknown) => encodeURIComponent(JSON.stringify(input));

  test('or project is answered byte for byte as one that does not exist', async () => {
    const eve = await server.client('eve');
    const { taskId: foreign, projectId: foreignProject } = await eve.task.create.mutate({
      kind: 'demo.count',
      input: {},
    });
    const none = randomUUID();
    const calls = (taskId: string, projectId: string) => [
      answer(`/trpc/task.get?input=${query({ taskId })}`),
      answer(`/trpc/task.onProgress?input=${query({ taskId })}`),
      answer(`/trpc/task.onProgress?input=${query({ taskId, lastEventId: '1' })}`),
      answer(`/api/v1/sse/tasks/${taskId}/progress`),
      answer(`/trpc/task.cancel`, { method: 'POST', body: JSON.stringify({ taskId }) }),
      answer(`/trpc/task.retry`, { method: 'POST', body: JSON.stringify({ taskId }) }),
      answer(`/trpc/task.history?input=${query({ taskId })}`),
      answer(`/trpc/task.poll?input=${query({ taskId, lastEventId: '1' })}`),
      answer(`/trpc/project.onProgress?input=${query({ projectId })}`),
      answer(`/api/v1/sse/projects/${projectId}`),
      answer(`/api/v1/sse/projects/${projectId}/stages/count`),
    ];
    const answers = await Promise.all(calls(foreign, foreignProject));
    expect(answers).toEqual(await Promise.all(calls(none, none)));
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 200, 404, 404, 404, 404, 404, 200, 404, 404]);
    expect(answers.every(({ body }) => /there is no such (task|project) among yours/.test(body))).toBe(true);
    expect((await eve.task.get.query({ taskId: foreign })).status).toBe('queued');
  });
});

describe('task.list', () => {
  test('pages go from newest to oldest, each task once, and filters hold', async () => {
    const carol = await server.client('carol');
    const { projectId } = await carol.project.create.mutate({ name: 'Papers' });
    for (let to = 1; to <= 7; to += 1) {
      const project = to % 2 === 0 ? { projectId } : {};
      await carol.task.create.mutate({ kind: 'demo.count', input: { to }, ...project });
    }
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await carol.task.list.query({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.flatMap((task) => (task.kind === 'demo.count' ? [task.input.to] : [])));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);

    const inProject = await carol.task.list.query({ projectId });
    expect(inProject.items).toHaveLength(3);
    const [first] = inProject.items;
    if (first === undefined) throw new Error('no task');
    await carol.task.cancel.mutate({ taskId: first.taskId });
    expect((await carol.task.list.query({ status: ['canceled'] })).items.map(({ taskId }) => taskId)).toEqual([
      first.taskId,
    ]);
    expect((await carol.task.list.query({ kind: 'document.ingest' })).items).toEqual([]);
  });

  test('tasks of one millisecond are ordered by their ids', async () => {
    const dave = await server.client('dave');
    const made = await Promise.all([1, 2, 3].map(() => dave.task.create.mutate({ kind: 'demo.count', input: {} })));
    await server.database.task.updateMany({
      where: { ownerId: 'dave' },
      data: { createdAt: new Date(1_700_000_000_000) },
    });
    const first = await dave.task.list.query({ limit: 2 });
    const second = await dave.task.list.query({ limit: 2, cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ taskId }) => taskId);
    expect(new Set(ids)).toEqual(new Set(made.map(({ taskId }) => taskId)));
    expect(second.nextCursor).toBeUndefined();
  });

  test.each(['x', '9_x', `1_${'-'.repeat(36)}`, `999999999999999_${randomUUID()}`])(
    'a cursor that no page gave is refused, naming the field: %s',
    async (cursor) => {
      const ada = await server.client('ada');
      expect(await failureOf(ada.task.list.query({ cursor }))).toMatchObject({
        data: { httpStatus: 400, fields: [{ path: 'cursor' }] },
      });
    },
  );
});

describe('task.cancel', () => {
  test('a waiting task is canceled at once, and its log ends', async () => {
    const ada = await server.client('ada');
    const task = await ada.task.create.mutate({ kind: 'demo.count', input: {} });
    expect(await ada.task.cancel.mutate({ taskId: task.taskId })).toMatchObject({
      status: 'canceled',
      endedAt: expect.any(Number),
    });
    const events = await server.connections.eventLog.read({ ...task, ownerId: 'ada' }, 0, 10);
    expect(events.map(({ type }) => type)).toEqual(['queued', 'canceling', 'canceled']);
  });

  test('canceling an ended task answers with it as it is, and changes nothing', async () => {
    const ada = await server.client('ada');
    const task = await ada.task.create.mutate({ kind: 'demo.count', input: {} });
    const canceled = await ada.task.cancel.mutate({ taskId: task.taskId });
    expect(await ada.task.cancel.mutate({ taskId: task.taskId })).toEqual(canceled);
    expect(await server.connections.eventLog.read({ ...task, ownerId: 'ada' }, 0, 10)).toHaveLength(3);
  });

  test('a task whose log Redis has lost is marked; canceling it does not restore its log', async () => {
    const ada = await server.client('ada');
    const task = await ada.task.create.mutate({ kind: 'demo.count', input: {} });
    await loseLogs(backing);
    expect(await ada.task.cancel.mutate({ taskId: task.taskId })).toMatchObject({ status: 'canceling' });
    expect(await server.connections.eventLog.inspect({ ...task, ownerId: 'ada' })).toBeUndefined();
  });

  test('a task that a worker has goes on until the worker ends it', async () => {
    const ada = await server.client('ada');
    const task = await ada.task.create.mutate({ kind: 'demo.count', input: {} });
    const { promise: end, resolve: endIt } = withResolvers();
    const { promise: begun, resolve: begin } = withResolvers();
    const run = async (job: TaskJob) => {
      if (job.taskId === task.taskId) begin();
      await end;
      return 'finished' as const;
    };
    const worker = createTaskWorker({ redisUrl: backing.redis.redisUrl, concurrency: 50, run });
    try {
      await begun;
      expect(await ada.task.cancel.mutate({ taskId: task.taskId })).toMatchObject({ status: 'canceling' });
    } finally {
      endIt();
      await worker.close();
    }
  });
});

describe('project.create', () => {
  test('a name that the user has is a conflict; another user may have it, too', async () => {
    const [ada, bob] = await Promise.all([server.client('ada'), server.client('bob')]);
    await ada.project.create.mutate({ name: 'Thesis' });
    expect(await failureOf(ada.project.create.mutate({ name: 'Thesis' }))).toMatchObject({
      data: { taskwireCode: 'CONFLICT' },
    });
    expect(await bob.project.create.mutate({ name: 'Thesis' })).toMatchObject({ name: 'Thesis' });
  });

  test("someone else's project takes none of one's tasks", async () => {
    const [ada, bob] = await Promise.all([server.client('ada'), server.client('bob')]);
    const { projectId } = await bob.project.create.mutate({ name: 'Private' });
    expect(await failureOf(ada.task.create.mutate({ kind: 'demo.count', input: {}, projectId }))).toMatchObject({
      data: { httpStatus: 400, fields: [{ path: 'projectId' }] },
    });
  });
});

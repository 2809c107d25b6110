import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appRouter } from './app-router.ts';
import { describeError } from './errors.ts';
import { MemoryPorts } from './testing/memory-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});

function as(userId?: string) {
  return appRouter.createCaller(userId === undefined ? { ports } : { ports, caller: { userId } });
}

/** What a caller is told: code, message and fields. */
async function refusal(call: Promise<unknown> | (() => Promise<unknown>)) {
  const error: unknown = await (typeof call === 'function' ? call() : call).then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw error;
  return { code: error.code, message: error.message, ...describeError(error) };
}

async function firstMessage(stream: Promise<AsyncIterable<unknown>>): Promise<unknown> {
  for await (const message of await stream) return message;
  return undefined;
}

const count = { kind: 'demo.count' as const, input: { to: 3 } };

describe('every procedure', () => {
  it('asks for a token', async () => {
    const nobody = as();
    const taskId = randomUUID();
    const calls = [
      () => nobody.task.create(count),
      () => nobody.task.get({ taskId }),
      () => nobody.task.list({}),
      () => nobody.task.cancel({ taskId }),
      () => firstMessage(nobody.task.onProgress({ taskId })),
      () => nobody.project.create({ name: 'x' }),
      () => nobody.project.list({}),
      () => nobody.document.search({ query: 'x' }),
    ];
    for (const call of calls)
      expect(await refusal(call)).toMatchObject({ code: 'UNAUTHORIZED', taskwireCode: 'UNAUTHENTICATED' });
  });

  it('answers for a foreign task exactly as for none (MUST 15)', async () => {
    const { taskId } = await as('alice').task.create(count);
    const none = randomUUID();
    const bob = as('bob');
    const pairs = [
      [() => bob.task.get({ taskId }), () => bob.task.get({ taskId: none })],
      [() => bob.task.cancel({ taskId }), () => bob.task.cancel({ taskId: none })],
      [() => firstMessage(bob.task.onProgress({ taskId })), () => firstMessage(bob.task.onProgress({ taskId: none }))],
      [() => bob.document.search({ query: 'x', taskId }), () => bob.document.search({ query: 'x', taskId: none })],
    ] as const;
    for (const [foreign, missing] of pairs) {
      const answer = await refusal(foreign);
      expect(answer).toMatchObject({ code: 'NOT_FOUND' });
      expect(answer).toEqual(await refusal(missing));
    }
    expect([...ports.storedTasks.values()][0]?.status).toBe('queued');
    expect((await bob.task.list({})).items).toEqual([]);
  });
});

describe('task.create', () => {
  it('writes the row, opens the log with the planned stages, and enqueues', async () => {
    const task = await as('alice').task.create({ ...count, priority: 1 });
    expect(task).toMatchObject({ kind: 'demo.count', input: { to: 3, everyMs: 500 }, status: 'queued', priority: 1 });
    expect(ports.events.read(task.taskId)).toMatchObject([
      { type: 'queued', kind: 'demo.count', priority: 1, stages: [{ name: 'count', weight: 1 }] },
    ]);
    expect(ports.waiting).toContain(task.taskId);
  });

  it('does not tell who owns a task', async () => {
    expect(await as('alice').task.create(count)).not.toHaveProperty('ownerId');
  });

  it('makes one task of two creates with the same key, and completes a create that failed half-way', async () => {
    const first = await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    ports.waiting.clear();
    ports.events.drop(first.taskId);
    const second = await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    expect(second.taskId).toBe(first.taskId);
    expect(ports.waiting).toContain(first.taskId);
    expect(ports.events.read(first.taskId)).toHaveLength(1);
    const other = await as('bob').task.create({ ...count, idempotencyKey: 'k' });
    expect(other.taskId).not.toBe(first.taskId);
  });

  it('refuses a key that was used for another input, naming the field', async () => {
    await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    const answer = await refusal(
      as('alice').task.create({ kind: 'demo.count', input: { to: 4 }, idempotencyKey: 'k' }),
    );
    expect(answer).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'idempotencyKey' }] });
  });

  it("refuses an upload or a project that is not the caller's, naming the field", async () => {
    const foreign = ports.addUpload('bob');
    const upload = as('alice').task.create({ kind: 'document.ingest', input: { uploadId: foreign.uploadId } });
    expect(await refusal(upload)).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'input.uploadId' }] });
    const project = await as('bob').project.create({ name: 'theirs' });
    const task = as('alice').task.create({ ...count, projectId: project.projectId });
    expect(await refusal(task)).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'projectId' }] });
    expect(ports.storedTasks.size).toBe(0);
  });
});

describe('task.cancel', () => {
  it('ends a waiting task without a worker', async () => {
    const { taskId } = await as('alice').task.create(count);
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceled' });
    expect(ports.events.read(taskId).map((event) => event.type)).toEqual(['queued', 'canceling', 'canceled']);
    expect(ports.events.expiring).toContain(taskId);
  });

  it('leaves the end of a running task to its worker', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.waiting.clear();
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceling' });
    expect(ports.events.read(taskId).at(-1)).toMatchObject({ type: 'canceling', requestedBy: 'alice' });
  });

  it('completes, when it is asked for again, the end that an earlier one could not record', async () => {
    const { taskId } = await as('alice').task.create(count);
    const recordEnd = vi.spyOn(ports.tasks, 'recordEnd').mockRejectedValueOnce(new Error('the database is away'));
    vi.spyOn(ports.tasks, 'find').mockImplementation(() => Promise.resolve(ports.storedTasks.get(taskId)));
    await refusal(as('alice').task.cancel({ taskId }));
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceled' });
    expect(recordEnd).toHaveBeenCalledTimes(2);
    expect(ports.events.expiring).toContain(taskId);
  });

  it('changes nothing about a task that has ended', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.waiting.clear();
    ports.events.write(taskId, { type: 'done', output: { counted: 3 }, durationMs: 1 });
    await as('alice').task.cancel({ taskId });
    expect(ports.events.read(taskId).at(-1)?.type).toBe('done');
  });
});

describe('task.onProgress', () => {
  it('tracks every message under its seq (MUST 14)', async () => {
    const { taskId } = await as('alice').task.create(count);
    expect(await firstMessage(as('alice').task.onProgress({ taskId }))).toMatchObject([
      '1',
      { type: 'snapshot', seq: 1 },
      expect.anything(),
    ]);
    expect(await firstMessage(as('alice').task.onProgress({ taskId, lastEventId: '0' }))).toMatchObject([
      '1',
      { type: 'queued' },
      expect.anything(),
    ]);
  });

  it('refuses a cursor that is none, naming the field', async () => {
    const { taskId } = await as('alice').task.create(count);
    const answer = await refusal(firstMessage(as('alice').task.onProgress({ taskId, lastEventId: '1\n2' })));
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'lastEventId' }] });
  });
});

describe('task.list', () => {
  it('goes through all tasks page by page, newest first, each once', async () => {
    const alice = as('alice');
    const created = [];
    for (let index = 0; index < 5; index += 1) created.unshift((await alice.task.create(count)).taskId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await alice.task.list({ limit: 2, cursor });
      seen.push(...page.items.map((task) => task.taskId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(created);
  });

  it('refuses a cursor that is none, naming the field', async () => {
    expect(await refusal(as('alice').task.list({ cursor: 'x' }))).toMatchObject({ fields: [{ path: 'cursor' }] });
  });
});

describe('project.create', () => {
  it('refuses a name that the owner has used, naming the field', async () => {
    await as('alice').project.create({ name: 'x' });
    await as('bob').project.create({ name: 'x' });
    expect(await refusal(as('alice').project.create({ name: ' x ' }))).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'name' }],
    });
  });
});

describe('an error that nobody foresaw', () => {
  it('reaches the caller without its message', async () => {
    ports.tasks.find = () => Promise.reject(new Error('password authentication failed for user "taskwire"'));
    const answer = await refusal(as('alice').task.get({ taskId: randomUUID() }));
    expect(answer).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong on the server' });
  });
});

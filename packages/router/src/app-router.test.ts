import { randomUUID } from 'node:crypto';
import { TaskwireError } from '@taskwire/protocol';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callAs, firstMessage, refusal } from './testing/callers.ts';
import { MemoryPorts } from './testing/test-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});

const as = (userId?: string) => callAs(ports, userId);

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
      () => nobody.task.retry({ taskId }),
      () => nobody.task.delete({ taskId }),
      () => nobody.project.delete({ projectId: taskId }),
      () => nobody.task.history({ taskId }),
      () => nobody.task.poll({ taskId }),
      () => firstMessage(nobody.task.onProgress({ taskId })),
      () => firstMessage(nobody.task.onAny({})),
      () => firstMessage(nobody.project.onProgress({ projectId: taskId })),
      () => nobody.project.create({ name: 'x' }),
      () => nobody.project.list({}),
    ];
    for (const call of calls)
      expect(await refusal(call)).toMatchObject({ code: 'UNAUTHORIZED', taskwireCode: 'UNAUTHENTICATED' });
  });

  it('answers for a foreign task or project exactly as for none (MUST 15)', async () => {
    const { taskId, projectId } = await as('alice').task.create(count);
    const none = randomUUID();
    const bob = as('bob');
    const pairs = [
      [() => bob.task.get({ taskId }), () => bob.task.get({ taskId: none })],
      [() => bob.task.cancel({ taskId }), () => bob.task.cancel({ taskId: none })],
      [() => bob.task.retry({ taskId }), () => bob.task.retry({ taskId: none })],
      [() => bob.task.delete({ taskId }), () => bob.task.delete({ taskId: none })],
      [() => bob.project.delete({ projectId }), () => bob.project.delete({ projectId: none })],
      [() => bob.task.history({ taskId }), () => bob.task.history({ taskId: none })],
      [() => bob.task.poll({ taskId }), () => bob.task.poll({ taskId: none })],
      [() => firstMessage(bob.task.onProgress({ taskId })), () => firstMessage(bob.task.onProgress({ taskId: none }))],
      [
        () => firstMessage(bob.project.onProgress({ projectId })),
        () => firstMessage(bob.project.onProgress({ projectId: none })),
      ],
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
    expect(ports.events.eventsOf(task.taskId)).toMatchObject([
      { type: 'queued', kind: 'demo.count', priority: 1, stages: [{ name: 'count', weight: 1 }] },
    ]);
    expect(ports.waiting).toContain(task.taskId);
  });

  it('does not show the owner of a task', async () => {
    expect(await as('alice').task.create(count)).not.toHaveProperty('ownerId');
  });

  it.each([
    ['open', () => vi.spyOn(ports.events, 'open')],
    ['enqueue', () => vi.spyOn(ports.queue, 'enqueue')],
  ])('is accepted once its row is written, though %s fails, and reports that', async (_step, spy) => {
    spy().mockRejectedValueOnce(new TaskwireError('SERVICE_UNAVAILABLE', 'Redis is full'));
    const task = await as('alice').task.create(count);
    expect(task).toMatchObject({ status: 'queued' });
    expect(ports.storedTasks.has(task.taskId)).toBe(true);
    expect(ports.reported).toEqual(['an accepted task could not be enqueued: a reconciler does it']);
  });

  it('touches neither log nor queue if its row cannot be written', async () => {
    const failure = new TaskwireError('SERVICE_UNAVAILABLE', 'the database is away');
    vi.spyOn(ports.tasks, 'create').mockRejectedValueOnce(failure);
    const open = vi.spyOn(ports.events, 'open');
    const enqueue = vi.spyOn(ports.queue, 'enqueue');
    expect(await refusal(as('alice').task.create(count))).toMatchObject({ taskwireCode: 'SERVICE_UNAVAILABLE' });
    expect(open).not.toHaveBeenCalled();
    expect(enqueue).not.toHaveBeenCalled();
  });

  it('makes one task of two creates with the same key, and completes a create that failed half-way', async () => {
    const first = await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    ports.waiting.clear();
    const second = await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    expect(second.taskId).toBe(first.taskId);
    expect(ports.waiting).toContain(first.taskId);
    expect(ports.events.eventsOf(first.taskId)).toHaveLength(1);
    const other = await as('bob').task.create({ ...count, idempotencyKey: 'k' });
    expect(other.taskId).not.toBe(first.taskId);
  });

  it('does not begin a lost log at 1 again: the worker that takes the job restores it', async () => {
    const { taskId } = await as('alice').task.create({ ...count, idempotencyKey: 'k' });
    ports.waiting.clear();
    ports.events.drop(taskId);
    expect(await as('alice').task.create({ ...count, idempotencyKey: 'k' })).toMatchObject({ taskId });
    expect(ports.events.eventsOf(taskId)).toEqual([]);
    expect(ports.waiting).toContain(taskId);
  });

  it('keeps the requested time limit, and refuses one out of bounds', async () => {
    expect(await as('alice').task.create({ ...count, timeoutMs: 60_000 })).toMatchObject({ timeoutMs: 60_000 });
    expect(await as('alice').task.create(count)).not.toHaveProperty('timeoutMs');
    for (const timeoutMs of [999, 7 * 24 * 60 * 60 * 1_000 + 1, 1_000.5])
      expect(await refusal(as('alice').task.create({ ...count, timeoutMs }))).toMatchObject({
        fields: [{ path: 'timeoutMs' }],
      });
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
    expect(ports.events.eventsOf(taskId).map((event) => event.type)).toEqual(['queued', 'canceling', 'canceled']);
    expect(ports.events.expiring).toContain(taskId);
  });

  it('leaves the end of a running task to its worker', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.waiting.clear();
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceling' });
    expect(ports.events.eventsOf(taskId).at(-1)).toMatchObject({ type: 'canceling', requestedBy: 'alice' });
  });

  it('records on a second call the end that the first could not record', async () => {
    const { taskId } = await as('alice').task.create(count);
    const recordEnd = vi.spyOn(ports.tasks, 'recordEnd').mockRejectedValueOnce(new Error('the database is away'));
    vi.spyOn(ports.tasks, 'find').mockImplementation(() => Promise.resolve(ports.storedTasks.get(taskId)));
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceling' });
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceled' });
    expect(recordEnd).toHaveBeenCalledTimes(2);
    expect(ports.events.expiring).toContain(taskId);
  });

  it('is refused, and changes nothing, if its row cannot be written', async () => {
    const { taskId } = await as('alice').task.create(count);
    const away = new TaskwireError('SERVICE_UNAVAILABLE', 'the database is away');
    vi.spyOn(ports.tasks, 'markCanceling').mockRejectedValueOnce(away);
    expect(await refusal(as('alice').task.cancel({ taskId }))).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(ports.events.eventsOf(taskId).map((event) => event.type)).toEqual(['queued']);
    expect(ports.waiting).toContain(taskId);
  });

  it('records the request in the row if the log is lost: the worker that restores the log ends the task', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.events.drop(taskId);
    expect(await as('alice').task.cancel({ taskId })).toMatchObject({ status: 'canceling' });
    expect(ports.events.eventsOf(taskId)).toEqual([]);
    expect(ports.waiting).toContain(taskId);
  });

  it('answers with an ended task unchanged', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.waiting.clear();
    ports.events.write(taskId, { type: 'done', output: { counted: 3 }, durationMs: 1 });
    const ended = await as('alice').task.get({ taskId });
    const events = [...ports.events.eventsOf(taskId)];
    expect(ended.status).toBe('done');
    const append = vi.spyOn(ports.events, 'append');
    for (let times = 0; times < 2; times += 1) expect(await as('alice').task.cancel({ taskId })).toEqual(ended);
    expect(append).not.toHaveBeenCalled();
    expect(ports.events.eventsOf(taskId)).toEqual(events);
  });
});

describe('task.onProgress', () => {
  it('tracks every message under its seq (MUST 14)', async () => {
    const { taskId } = await as('alice').task.create(count);
    expect(await firstMessage(as('alice').task.onProgress({ taskId }))).toMatchObject([
      '1',
      { type: 'snapshot', seq: 1 },
    ]);
    expect(await firstMessage(as('alice').task.onProgress({ taskId, lastEventId: '0' }))).toMatchObject([
      '1',
      { type: 'queued' },
    ]);
  });

  it('refuses an invalid cursor, naming the field', async () => {
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

  it('refuses an invalid cursor, naming the field', async () => {
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

describe('an unexpected error', () => {
  it('reaches the caller without its message', async () => {
    ports.tasks.find = () => Promise.reject(new Error('password authentication failed for user "taskwire"'));
    const answer = await refusal(as('alice').task.get({ taskId: randomUUID() }));
    expect(answer).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong on the server' });
  });

  it('ends a stream with a 4xx code, because clients come back for ever after a 5xx one (MUST 16)', async () => {
    const { taskId, projectId } = await as('alice').task.create(count);
    ports.events.refusal = new Error('entry 7 is not JSON: {"secret":');
    const streams = [
      () => firstMessage(as('alice').task.onProgress({ taskId })),
      () => firstMessage(as('alice').task.onAny({})),
      () => firstMessage(as('alice').project.onProgress({ projectId })),
    ];
    for (const stream of streams)
      expect(await refusal(stream)).toEqual({
        code: 'UNPROCESSABLE_CONTENT',
        taskwireCode: 'INTERNAL',
        message: 'something went wrong on the server',
        fields: [],
      });
  });

  it('differs from a retryable one, after which streams come back', async () => {
    const { taskId } = await as('alice').task.create(count);
    ports.events.refusal = new TaskwireError('SERVICE_UNAVAILABLE', 'the server is restarting');
    const answer = await refusal(() => firstMessage(as('alice').task.onProgress({ taskId })));
    expect(answer).toMatchObject({ code: 'SERVICE_UNAVAILABLE', taskwireCode: 'SERVICE_UNAVAILABLE' });
  });
});

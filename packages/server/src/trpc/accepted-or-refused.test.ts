// A create is accepted, and then it runs, or it is refused, and then nothing of it stays.
import { randomUUID } from 'node:crypto';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTaskRow } from '../adapters/task-rows.ts';
import { startTask } from '../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

const REFUSED = { data: { taskwireCode: 'SERVICE_UNAVAILABLE', httpStatus: 503 } };

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

const requestOf = (idempotencyKey: string) => ({ kind: 'demo.count' as const, input: {}, idempotencyKey });
const rowsOf = (idempotencyKey: string) => server.database.task.count({ where: { idempotencyKey } });

describe('while Redis refuses writes', () => {
  const ways: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'because it is full',
      () => backing.redis.command('CONFIG SET maxmemory 1'),
      () => backing.redis.command('CONFIG SET maxmemory 0'),
    ],
    [
      'because it is a replica',
      () => backing.redis.command('REPLICAOF 127.0.0.1 1'),
      () => backing.redis.command('REPLICAOF NO ONE'),
    ],
    [
      'because its replicas are away',
      () => backing.redis.command('CONFIG SET min-replicas-to-write 1'),
      () => backing.redis.command('CONFIG SET min-replicas-to-write 0'),
    ],
  ];
  let repair: () => Promise<unknown> = () => Promise.resolve();
  afterEach(() => repair());

  test.each(ways)('%s: a create is accepted, and its row is what a reconciler goes by', async (how, spoil, mend) => {
    const ada = await server.client('ada');
    repair = mend;
    await spoil();
    const creates = await Promise.all([1, 2, 3].map((number) => ada.task.create.mutate(requestOf(`${how} ${number}`))));
    expect(creates).toMatchObject([{ status: 'queued' }, { status: 'queued' }, { status: 'queued' }]);
    for (const number of [1, 2, 3]) expect(await rowsOf(`${how} ${number}`)).toBe(1);
    expect(server.logs()).toContain(creates[0]?.taskId);
    await mend();
    await eventually(async () => {
      expect(await ada.task.create.mutate(requestOf(`${how} 1`))).toMatchObject({ taskId: creates[0]?.taskId });
      const missing = await server.connections.queue.missing([creates[0]?.taskId ?? '']);
      expect([...missing]).toEqual([]);
    });
  });

  test('a retry is accepted, too', async () => {
    const task = await startTask(server, 'ada');
    await task.done();
    repair = () => backing.redis.command('CONFIG SET maxmemory 0');
    await backing.redis.command('CONFIG SET maxmemory 1');
    const ada = await server.client('ada');
    const again = await ada.task.retry.mutate({ taskId: task.taskId });
    expect(again).toMatchObject({ status: 'queued', retryOf: task.taskId });
  });
});

describe('while PostgreSQL', () => {
  test('is read-only, a create is refused, and nothing stays', async () => {
    const name = new URL(backing.database.databaseUrl).pathname.slice(1);
    await server.database.$executeRawUnsafe(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    const other = await startTestServer(backing);
    try {
      const ada = await other.client('ada');
      await expect(ada.task.create.mutate(requestOf('read-only'))).rejects.toMatchObject(REFUSED);
    } finally {
      await other.stop();
      await server.database.$executeRawUnsafe(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
    }
    expect(await rowsOf('read-only')).toBe(0);
  });

  test('writes the row and is lost before it says so, a create is refused, and the row goes before it is run', async () => {
    await server.database.$executeRaw`
      CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END'`;
    await server.database.$executeRaw`
      CREATE TRIGGER slowly BEFORE INSERT ON "Task" FOR EACH ROW WHEN (NEW."idempotencyKey" = 'lost') EXECUTE FUNCTION slowly()`;
    const proxy = await TcpProxy.openBefore(backing.database.databaseUrl);
    const behind = await startTestServer(backing, {
      environment: { databaseUrl: proxy.urlOf(backing.database.databaseUrl) },
    });
    try {
      const ada = await behind.client('ada');
      await ada.task.create.mutate(requestOf('before'));
      const create = ada.task.create.mutate(requestOf('lost'));
      const refused = expect(create).rejects.toMatchObject(REFUSED);
      await eventually(async () => {
        const rows = await server.database.$queryRaw`
          SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%INSERT INTO "Task"%'`;
        expect(rows).toHaveLength(1);
      });
      proxy.refuse();
      await refused;
      await eventually(async () => expect(await rowsOf('lost')).toBe(1));
      proxy.restore();
      await eventually(async () => expect(await rowsOf('lost')).toBe(0));
      expect(await ada.task.create.mutate({ ...requestOf('lost'), input: { to: 4 } })).toMatchObject({
        input: { to: 4 },
      });
    } finally {
      await behind.stop();
      await proxy.close();
    }
  });

  test('writes the row, and only its answer is lost, a create is accepted', async () => {
    const withdrawn: string[] = [];
    const withdrawals = { add: ({ taskId }: { taskId: string }) => void withdrawn.push(taskId) };
    const { database } = server;
    const answerLost = {
      task: database.task,
      async $queryRaw<Rows>(statement: TemplateStringsArray, ...values: unknown[]): Promise<Rows> {
        const rows = await database.$queryRaw<Rows>(statement, ...values);
        if (statement.join('').includes('INSERT')) throw Object.assign(new Error('lost'), { code: 'ECONNRESET' });
        return rows;
      },
    };
    const { projectId } = await (await server.client('ada')).project.create.mutate({ name: randomUUID() });
    const request = { ownerId: 'ada', projectId, kind: 'demo.count', input: { to: 3, everyMs: 0 } } as const;
    const task = await createTaskRow({ database: answerLost, withdrawals }, { ...request, uploads: [], priority: 5 });
    expect(task).toMatchObject({ status: 'queued', projectId });
    expect(await database.task.count({ where: { id: task.taskId } })).toBe(1);
    expect(withdrawn).toEqual([]);
  });
});

test('a create whose project is deleted at this moment is refused, and names the field', async () => {
  const { database } = server;
  const withdrawals = { add: () => undefined };
  const request = {
    ownerId: 'ada',
    projectId: randomUUID(),
    kind: 'demo.count',
    input: { to: 3, everyMs: 0 },
  } as const;
  const create = createTaskRow({ database, withdrawals }, { ...request, uploads: [], priority: 5 });
  await expect(create).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'projectId' }] });
  const withUpload = { ...request, uploads: [randomUUID()], priority: 5 };
  const used = createTaskRow({ database, withdrawals }, withUpload);
  await expect(used).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'input' }] });
});

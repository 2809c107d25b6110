import { createDatabase, type Database } from '@taskwire/db';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signpost } from '../testing/handlers.ts';
import {
  createRunner,
  createTask,
  jobOf,
  useTestBackend,
  readEvents,
  readRow,
  type CountHandler,
} from '../testing/test-backend.ts';
import { TaskRows } from './stored/task-rows.ts';
import { countTask, textTask } from '../testing/test-tasks.ts';

const kind = 'demo.count';

const backend = useTestBackend();
let proxy: TcpProxy;
let database: Database;

beforeAll(async () => {
  proxy = await TcpProxy.openBefore(backend.databaseUrl);
  const options = { connectionString: proxy.urlOf(backend.databaseUrl), patienceMs: 60_000 };
  database = createDatabase(options);
});
beforeEach(() => proxy.restore());
afterAll(async () => {
  await database.$disconnect();
  await proxy.close();
});

/** Mends the proxy once it has turned away a few tries. */
async function mendLater(): Promise<void> {
  await eventually(() => expect(proxy.refused).toBeGreaterThan(4), 20_000);
  proxy.restore();
}

describe('while PostgreSQL is away', () => {
  it('a handler waits for its queries, and the end is written when it is back: it costs no try', async () => {
    const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
    const { reached, reach } = signpost();
    const counts: number[] = [];
    const handler: CountHandler = async (ctx) => {
      await database.project.count();
      proxy.refuse();
      reach();
      counts.push(await database.task.count({ where: { id: ctx.taskId } }));
      proxy.refuse();
      void mendLater();
      return { counted: 3 };
    };
    const rows = new TaskRows(database);
    const run = createRunner(backend, { rows, database, count: handler }).run(jobOf(task, kind, 2));
    await reached;
    await mendLater();
    expect(await run).toBe('finished');
    expect(counts).toEqual([1]);
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 1 });
    expect((await readEvents(backend, task)).map((event) => event.type)).toEqual(['queued', 'started', 'done']);
  });

  it('a claim, the row of a running task and a remembered result wait too', async () => {
    const task = await createTask(backend, textTask, { words: 3, wordsPerSecond: 1_000 });
    const rows = new TaskRows(database);
    proxy.refuse();
    const run = createRunner(backend, { rows, database }).run(jobOf(task, 'demo.text', 2));
    await mendLater();
    expect(await run).toBe('finished');
    proxy.refuse();
    const results = rows.loadStageResults(task.taskId);
    await mendLater();
    const known = await results;
    expect(known.recall('draft')).toMatchObject({ words: 3 });
    proxy.refuse();
    const remembered = known.remember('draft', { words: 4, characters: 5 });
    await mendLater();
    await remembered;
    expect((await rows.loadStageResults(task.taskId)).recall('draft')).toEqual({ words: 4, characters: 5 });
  });
});

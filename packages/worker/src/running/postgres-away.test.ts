import { createDatabase, type Database } from '@taskwire/db';
import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { indexChunks } from '../documents/chunk-index.ts';
import { chunkedDocument } from '../testing/chunked-document.ts';
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
let documents: DocumentDatabase;

beforeAll(async () => {
  proxy = await TcpProxy.openBefore(backend.databaseUrl);
  const options = { connectionString: proxy.urlOf(backend.databaseUrl), patienceMs: 60_000 };
  database = createDatabase(options);
  documents = createDocumentDatabase(options);
});
beforeEach(() => proxy.restore());
afterAll(async () => {
  await Promise.all([database.$disconnect(), documents.$disconnect()]);
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

  it('indexing begins again, and leaves the chunks of one run', async () => {
    const document = await chunkedDocument(backend, ['0', '1', '2', '3', '4']);
    let cuts = 0;
    const reported: number[] = [];
    const documentId = await indexChunks(documents, document, {
      async onBatch(indexed) {
        reported.push(indexed);
        if (indexed !== 3 || cuts > 0) return;
        cuts += 1;
        proxy.refuse();
        void mendLater();
      },
      onWords: () => Promise.resolve(),
      onBusy: () => Promise.resolve(),
    });
    expect(reported).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
    expect(await backend.documents.documentChunk.count({ where: { documentId } })).toBe(5);
  });
});

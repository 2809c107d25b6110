import {
  createDocumentDatabase,
  DocumentFinder,
  migrateDocuments,
  type DocumentDatabase,
  type SearchRequest,
} from '@taskwire/documents';
import { createTestPostgres } from '@taskwire/test-kit';
import { percentile } from '../../report/statistics.ts';
import { LARGE_OWNER, loadChunks } from '../latency/load-chunks.ts';
import { manners, ORACLE, type Manner } from '../latency/manners.ts';
import type { PartSettings } from './part-settings.ts';

/** Different questions of a manner, and the repeats of each. */
const QUESTIONS = 20;
const ROUNDS = 3;
/** Number of searches for each of the words that tell nothing apart. */
const ORACLE_ROUNDS = 200;
const MOST_MILLISECONDS = 100;
const LIMIT = 10;
const SAID_AFTER = 20_000;
const PART = 'latency';

/**
 * Times of searches among many chunks, by manner. The search runs in this process, against a PostgreSQL of its own with
 * its default settings.
 */
export async function measureLatency({ chunks, report, say, signal }: PartSettings): Promise<void> {
  const postgres = await createTestPostgres();
  const database = createDocumentDatabase({ connectionString: postgres.databaseUrl });
  try {
    await migrateDocuments(postgres);
    const onDocument = (done: number) => (done % SAID_AFTER === 0 ? say(`  ${done} of ${chunks} chunks`) : undefined);
    await loadChunks({ databaseUrl: postgres.databaseUrl, chunks, signal, onDocument });
    const rows = [];
    for (const manner of manners(QUESTIONS)) rows.push(await measureManner(database, manner, signal));
    report.table({
      part: PART,
      title: `Time of a search among ${chunks} chunks`,
      columns: [
        { key: 'manner', heading: 'manner' },
        { key: 'hits', heading: 'hits', digits: 1 },
        { key: 'p50', heading: 'p50 ms', digits: 1 },
        { key: 'p95', heading: 'p95 ms', digits: 1 },
        { key: 'max', heading: 'max ms', digits: 1 },
      ],
      rows,
    });
    report.bounds(
      rows.map(({ manner, p95 }) => ({ name: `${manner}: p95 (ms)`, value: p95, most: MOST_MILLISECONDS, digits: 1 })),
    );
    await reportOracle(new DocumentFinder(database), { report, signal });
  } finally {
    await database.$disconnect();
    await postgres.stop();
  }
}

async function measureManner(database: DocumentDatabase, manner: Manner, signal: AbortSignal) {
  const { name, ownerId, questions, pages, isInOneDocument } = manner;
  const document = isInOneDocument === true ? await database.document.findFirst({ where: { ownerId } }) : null;
  const scope = {
    ownerId,
    limit: LIMIT,
    ...(pages === undefined ? {} : { pages }),
    ...(document === null ? {} : { documentId: document.id }),
  };
  const finder = new DocumentFinder(database);
  const times: number[] = [];
  let hits = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const query of questions) {
      signal.throwIfAborted();
      const { milliseconds, count } = await timed(finder, { ...scope, query });
      times.push(milliseconds);
      hits += count;
    }
  }
  return {
    manner: name,
    hits: hits / times.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    max: Math.max(...times),
  };
}

async function timed(finder: DocumentFinder, request: SearchRequest) {
  const before = performance.now();
  const { hits } = await finder.search(request);
  return { milliseconds: performance.now() - before, count: hits.length };
}

/** Whether the time of a search reveals that other owners have a word: measured in turn with a word that no document has. */
async function reportOracle(
  finder: DocumentFinder,
  { report, signal }: Pick<PartSettings, 'report' | 'signal'>,
): Promise<void> {
  const times: Record<'foreign' | 'missing', number[]> = { foreign: [], missing: [] };
  for (let round = 0; round < ORACLE_ROUNDS; round += 1) {
    signal.throwIfAborted();
    for (const kind of ['foreign', 'missing'] as const) {
      const request = { ownerId: LARGE_OWNER, query: ORACLE[kind], limit: LIMIT };
      times[kind].push((await timed(finder, request)).milliseconds);
    }
  }
  const row = (kind: 'foreign' | 'missing', word: string) => ({
    word,
    p25: percentile(times[kind], 0.25),
    p50: percentile(times[kind], 0.5),
    p75: percentile(times[kind], 0.75),
  });
  report.table({
    part: 'oracle',
    title: 'Time of a search that finds nothing',
    columns: [
      { key: 'word', heading: 'word' },
      { key: 'p25', heading: 'p25 ms', digits: 2 },
      { key: 'p50', heading: 'p50 ms', digits: 2 },
      { key: 'p75', heading: 'p75 ms', digits: 2 },
    ],
    rows: [row('foreign', 'a word that others have'), row('missing', 'a word that no document has')],
  });
}

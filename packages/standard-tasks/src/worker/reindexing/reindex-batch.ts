import { connectionFailure } from '@taskwire/db';
import {
  indexedChunks,
  rememberTerms,
  SEARCH_VERSION,
  vocabularyOf,
  type DocumentDatabase,
  type DocumentTransaction,
  type IndexTerms,
  type Stemmer,
} from '@taskwire/documents';
import * as z from 'zod';
import { DocumentIndexingError } from './document-indexing-error.ts';

/** Longest time (ms) of a batch's transaction. */
const LONGEST_BATCH_MS = 60_000;
/** Characters whose terms are made at a time. Terms take a hundred times as much memory as the text. */
const CHARACTERS_AT_ONCE = 16_384;

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    documentId: z.string(),
    ownerId: z.string(),
    languages: z.array(z.string()),
    ordinal: z.int(),
    heading: z.string().nullable(),
    headingPath: z.array(z.string()),
    text: z.string(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

/**
 * Indexes the next chunks of an earlier version in one transaction, so that an interruption changes nothing. Several
 * workers may run it at once, each on other chunks. Chunks of tasks become chunks of the document that the task read;
 * see `adoptChunks`.
 * @param options.without documents whose chunks are left out
 * @returns the document of each chunk. Empty if other workers hold all remaining chunks.
 * @throws DocumentIndexingError if it fails for a document; another Error otherwise.
 */
export async function reindexBatch(
  database: DocumentDatabase,
  { stemmer, ...selection }: { stemmer: Stemmer } & Selection,
): Promise<string[]> {
  return database.$transaction(
    async (transaction) => {
      const rows = await takeRows(transaction, selection);
      for (const document of groupByDocument(rows)) {
        await failingFor(document, () => indexDocument(transaction, document, stemmer));
      }
      // This comes last, because other writers of the same words wait until this transaction ends.
      for (const [ownerId, forms] of formsByOwner(rows)) {
        const ofOwner = rows.filter((row) => row.ownerId === ownerId);
        await failingFor(ofOwner, () => rememberTerms(transaction, { ownerId, forms }));
      }
      return rows.map(({ documentId }) => documentId);
    },
    { timeout: LONGEST_BATCH_MS },
  );
}

/** @throws DocumentIndexingError in place of the error of `work`, unless PostgreSQL is away. */
async function failingFor(rows: readonly Row[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (connectionFailure(cause) !== undefined) throw cause;
    throw new DocumentIndexingError([...new Set(rows.map(({ documentId }) => documentId))], { cause });
  }
}

async function indexDocument(transaction: DocumentTransaction, rows: [Row, ...Row[]], stemmer: Stemmer): Promise<void> {
  const [{ ownerId, languages }] = rows;
  for (const part of partsOf(rows)) {
    await writeRows(transaction, await indexedChunks(part, { ownerId, languages, stemmer }));
  }
}

/** The selection of a batch's chunks. */
interface Selection {
  limit: number;
  without: readonly string[];
}

async function takeRows(transaction: DocumentTransaction, { limit, without }: Selection): Promise<Row[]> {
  return rowsSchema.parse(
    await transaction.$queryRaw`
      SELECT chunk.id::text AS id, chunk.ordinal, chunk.heading,
        coalesce(chunk."headingPath", ARRAY[]::text[]) AS "headingPath", chunk.text,
        coalesce(own.id, adopting.id) AS "documentId",
        coalesce(own."ownerId", adopting."ownerId") AS "ownerId",
        coalesce(own.languages, adopting.languages) AS languages
      FROM "DocumentChunk" AS chunk
        LEFT JOIN "Document" AS own ON own.id = chunk."documentId"
        LEFT JOIN "Document" AS adopting ON chunk."documentId" IS NULL AND adopting."taskId" = chunk."taskId"
      WHERE chunk."searchVersion" < ${SEARCH_VERSION}::int AND (own.id IS NOT NULL OR adopting.id IS NOT NULL)
        AND coalesce(own.id, adopting.id) <> ALL(${[...without]}::uuid[])
      ORDER BY chunk."searchVersion", chunk.id
      LIMIT ${limit}::int FOR UPDATE OF chunk SKIP LOCKED`,
  );
}

async function writeRows(transaction: DocumentTransaction, rows: readonly (Row & IndexTerms)[]): Promise<void> {
  const given = JSON.stringify(
    rows.map(({ id, documentId, ordinal, language, search }) => ({ id, documentId, ordinal, language, search })),
  );
  // A worker of an earlier version that repeated the task has written its chunks again.
  await transaction.$executeRaw`
    DELETE FROM "DocumentChunk" AS chunk
    USING jsonb_to_recordset(${given}::jsonb) AS given ("documentId" uuid, ordinal int, id bigint)
    WHERE chunk."documentId" = given."documentId" AND chunk.ordinal = given.ordinal AND chunk.id <> given.id`;
  await transaction.$executeRaw`
    UPDATE "DocumentChunk" AS chunk
    SET "documentId" = given."documentId", "taskId" = NULL, language = given.language, search = given.search::tsvector,
      "searchVersion" = ${SEARCH_VERSION}::int
    FROM jsonb_to_recordset(${given}::jsonb)
      AS given ("documentId" uuid, id bigint, language text, search text)
    WHERE chunk.id = given.id`;
}

/** The rows in order, in parts. A part ends before its text exceeds the limit, but has at least one row. */
function partsOf(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [];
  let size = 0;
  for (const row of rows) {
    const part = parts.at(-1);
    size += row.text.length;
    if (part !== undefined && size <= CHARACTERS_AT_ONCE) part.push(row);
    else {
      parts.push([row]);
      size = row.text.length;
    }
  }
  return parts;
}

function groupByDocument(rows: readonly Row[]): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(row.documentId);
    if (group === undefined) groups.set(row.documentId, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The words of the chunks by owner, in one order for all writers, so that they cannot deadlock. */
function formsByOwner(rows: readonly Row[]): [string, Set<string>][] {
  const owners = new Map<string, Set<string>>();
  for (const row of rows) {
    const forms = owners.get(row.ownerId) ?? new Set();
    owners.set(row.ownerId, forms);
    for (const form of vocabularyOf(row)) forms.add(form);
  }
  return [...owners].sort(([one], [other]) => (one < other ? -1 : 1));
}

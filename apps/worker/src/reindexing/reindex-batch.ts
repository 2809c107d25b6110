import type { Database, Transaction } from '@taskwire/db';
import {
  indexedChunks,
  rememberTerms,
  SEARCH_VERSION,
  vocabularyOf,
  type IndexTerms,
  type Stemmer,
} from '@taskwire/documents';
import * as z from 'zod';

/** Longest time (ms) of a batch's transaction. */
const LONGEST_BATCH_MS = 60_000;
/** Characters whose terms are made at a time: they take a hundred times as much memory as the text. */
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
 * Indexes the next chunks that an earlier version has indexed, in one transaction: broken off, it leaves them as they
 * were. Several workers may do so at once; each takes other chunks. Chunks of tasks become chunks of the document that
 * the task has read; see `adoptChunks`.
 * @returns the number of chunks; 0: there are none that no other worker has taken.
 */
export async function reindexBatch(
  database: Database,
  { stemmer, limit }: { stemmer: Stemmer; limit: number },
): Promise<number> {
  return database.$transaction(
    async (transaction) => {
      const rows = await takeRows(transaction, limit);
      for (const document of groupByDocument(rows)) {
        const [{ ownerId, languages }] = document;
        for (const part of partsOf(document)) {
          await writeRows(transaction, await indexedChunks(part, { ownerId, languages, stemmer }));
        }
      }
      // Last: other writers of the same words wait until this transaction ends.
      for (const [ownerId, forms] of formsByOwner(rows)) await rememberTerms(transaction, { ownerId, forms });
      return rows.length;
    },
    { timeout: LONGEST_BATCH_MS },
  );
}

async function takeRows(transaction: Transaction, limit: number): Promise<Row[]> {
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
      ORDER BY chunk."searchVersion", chunk.id
      LIMIT ${limit}::int FOR UPDATE OF chunk SKIP LOCKED`,
  );
}

async function writeRows(transaction: Transaction, rows: readonly (Row & IndexTerms)[]): Promise<void> {
  const given = JSON.stringify(
    rows.map(({ id, documentId, ordinal, language, search }) => ({ id, documentId, ordinal, language, search })),
  );
  // A worker of an earlier version that did the task again wrote its chunks again.
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

/** The rows in their order; a part ends before its text exceeds the limit, and has one row at least. */
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

/** The words of the chunks; the owners in one order, so that writers cannot wait for one another in a circle. */
function formsByOwner(rows: readonly Row[]): [string, Set<string>][] {
  const owners = new Map<string, Set<string>>();
  for (const row of rows) {
    const forms = owners.get(row.ownerId) ?? new Set();
    owners.set(row.ownerId, forms);
    for (const form of vocabularyOf(row)) forms.add(form);
  }
  return [...owners].sort(([one], [other]) => (one < other ? -1 : 1));
}

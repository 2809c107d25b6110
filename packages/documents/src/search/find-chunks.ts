import { Prisma } from '@taskwire/db';
import * as z from 'zod';

/** The part of a database client that a search uses. A PrismaClient is one. */
export interface SearchDatabase {
  $queryRaw<Result>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Prisma.PrismaPromise<Result>;
  $transaction(queries: Prisma.PrismaPromise<unknown>[]): Promise<unknown[]>;
}

/** The documents and pages that a search looks at. */
export interface SearchScope {
  ownerId: string;
  documentId?: string | undefined;
  /** The document that this task has read last. */
  taskId?: string | undefined;
  /** 1-based, inclusive. */
  pages?: { from?: number | undefined; to?: number | undefined } | undefined;
}

/** Some of the chunks that a query looks at. */
export interface ChunkTier {
  query: string;
  limit: number;
  /** Only chunks of several pages. */
  isOfManyPages?: boolean;
}

/** A question, as texts of tsquery. */
export interface ChunkQuery {
  /** Queries whose chunks are ranked, at most `limit` of each. */
  tiers: readonly ChunkTier[];
  /** Whether a tier is looked at only if those before gave too few chunks. */
  isOrdered: boolean;
  /** All words, as alternatives. */
  anyWord: string;
  /** All clauses: the nearer they stand to one another, the better. Undefined: nearness does not matter. */
  nearness: string | undefined;
  /** The stem lexemes whose positions are wanted. */
  stemLexemes: readonly string[];
  /** Most chunks in the answer. */
  limit: number;
}

const chunkRows = z.array(
  z.object({
    documentId: z.string(),
    taskId: z.string().nullable(),
    fileName: z.string(),
    hasPages: z.boolean(),
    ordinal: z.int(),
    page: z.int(),
    lastPage: z.int().nullable(),
    pageStarts: z.array(z.int()),
    /** The labels of its pages, by 1-based page. */
    pageLabels: z.record(z.string(), z.string()),
    overlap: z.int(),
    heading: z.string().nullable(),
    headingPath: z.array(z.string()),
    text: z.string(),
    language: z.string().nullable(),
    rank: z.number(),
    /** Positions of stem lexemes. */
    stems: z.array(z.tuple([z.string(), z.array(z.int())])),
  }),
);

/** A chunk that a query has found, with its document. */
export type FoundChunk = z.infer<typeof chunkRows>[number];

/** Divides a rank by 1 + the logarithm of the chunk's length: long chunks do not win by being long. */
const RANK_BY_LENGTH = 1;

/** Most chunks of one page in the answer: the passage of the best one may stand on the next page. */
const MOST_OF_A_PAGE = 3;

const HAS_PAGES = Prisma.sql`(document.pages > 1 OR document.coverage IS NOT NULL)`;

const PAGE_LABELS = Prisma.sql`(
        SELECT coalesce(jsonb_object_agg(number, document."pageLabels" ->> number::text), '{}'::jsonb)
        FROM generate_series(chunk.page, coalesce(chunk."lastPage", chunk.page)) AS number
        WHERE jsonb_typeof(document."pageLabels" -> number::text) = 'string')`;

/**
 * Settings of the transaction. Every candidate comes from the index: PostgreSQL's guess how often words stand together
 * may be wrong by far, and reading all chunks takes seconds.
 */
const SETTINGS = Prisma.sql`
  SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '32MB', true)`;

/** Finds and ranks chunks, best first. The owner check is part of the statement. */
export async function findChunks(
  database: SearchDatabase,
  scope: SearchScope,
  query: ChunkQuery,
): Promise<FoundChunk[]> {
  const rows = await inIndexOnly(database, chunkStatement(scope, query));
  return chunkRows.parse(rows);
}

/** Sends a statement whose chunks all come from the index. @returns its rows. */
export async function inIndexOnly(database: SearchDatabase, statement: Prisma.Sql): Promise<unknown> {
  const [, rows] = await database.$transaction([database.$queryRaw(SETTINGS), database.$queryRaw(statement)]);
  return rows;
}

function chunkStatement(scope: SearchScope, query: ChunkQuery): Prisma.Sql {
  const tiers = query.tiers.map((tier, index) => tierExpression(index, tier, { scope, isOrdered: query.isOrdered }));
  const all = query.tiers.map((_, index) => Prisma.sql`SELECT id FROM ${tierName(index)}`);
  return Prisma.sql`
    WITH ${Prisma.join(tiers)}, scored AS MATERIALIZED (
      SELECT chunk.id, chunk."documentId", chunk.page, ${rankExpression(query)} AS rank,
        CASE WHEN ${isInOneDocument(scope)} AND NOT ${HAS_PAGES} THEN chunk.ordinal END AS part
      FROM (${Prisma.join(all, ' UNION ')}) AS candidate
        JOIN "DocumentChunk" chunk ON chunk.id = candidate.id
        JOIN "Document" document ON document.id = chunk."documentId" AND document."ownerId" = ${scope.ownerId}
    ), numbered AS (
      SELECT id, rank, row_number() OVER (PARTITION BY "documentId", page, part ORDER BY rank DESC, id) AS number
      FROM scored
    ), best AS MATERIALIZED (
      SELECT id, rank FROM numbered WHERE number <= ${MOST_OF_A_PAGE} ORDER BY rank DESC, id LIMIT ${query.limit}
    )
    SELECT chunk."documentId", document."taskId", document."fileName", ${HAS_PAGES} AS "hasPages",
      chunk.ordinal, chunk.page, chunk."lastPage", coalesce(chunk."pageStarts", ARRAY[]::int[]) AS "pageStarts",
      ${PAGE_LABELS} AS "pageLabels", chunk.overlap,
      chunk.heading, coalesce(chunk."headingPath", ARRAY[]::text[]) AS "headingPath", chunk.text, chunk.language,
      best.rank, ${stemPositions(query.stemLexemes)} AS stems
    FROM best
      JOIN "DocumentChunk" chunk ON chunk.id = best.id
      JOIN "Document" document ON document.id = chunk."documentId"
    ORDER BY best.rank DESC, best.id`;
}

/** Whether the scope is one document: one that has no pages then shows all its passages, not the best one alone. */
export function isInOneDocument({ documentId, taskId }: SearchScope): boolean {
  return documentId !== undefined || taskId !== undefined;
}

function tierName(index: number): Prisma.Sql {
  return Prisma.raw(`tier_${index}`);
}

function tierExpression(
  index: number,
  { query, limit, isOfManyPages = false }: ChunkTier,
  { scope, isOrdered }: { scope: SearchScope; isOrdered: boolean },
): Prisma.Sql {
  const isNeeded =
    isOrdered && index > 0 ? Prisma.sql`AND (SELECT count(*) FROM ${tierName(index - 1)}) < ${limit}` : Prisma.empty;
  return Prisma.sql`${tierName(index)} AS MATERIALIZED (
      SELECT id FROM "DocumentChunk"
      WHERE search @@ ${query}::tsquery ${scopeCondition(scope)} ${isNeeded}
        ${isOfManyPages ? Prisma.sql`AND "lastPage" > page` : Prisma.empty}
      LIMIT ${limit}
    )`;
}

function scopeCondition({ ownerId, documentId, taskId, pages }: SearchScope): Prisma.Sql {
  const ofDocument = documentId === undefined ? Prisma.empty : Prisma.sql`AND "documentId" = ${documentId}::uuid`;
  const ofTask =
    taskId === undefined
      ? Prisma.empty
      : Prisma.sql`AND "documentId" = (
          SELECT id FROM "Document" WHERE "taskId" = ${taskId}::uuid AND "ownerId" = ${ownerId})`;
  // The second condition is tested once: where no document has so many pages, no chunk is looked at.
  const from =
    pages?.from === undefined
      ? Prisma.empty
      : Prisma.sql`AND coalesce("lastPage", page) >= ${pages.from} AND EXISTS (
          SELECT FROM "Document" WHERE "ownerId" = ${ownerId} AND pages >= ${pages.from})`;
  const to = pages?.to === undefined ? Prisma.empty : Prisma.sql`AND page <= ${pages.to}`;
  return Prisma.sql`${ofDocument} ${ofTask} ${from} ${to}`;
}

function rankExpression({ anyWord, nearness }: ChunkQuery): Prisma.Sql {
  const near =
    nearness === undefined
      ? Prisma.empty
      : Prisma.sql`+ ts_rank_cd(chunk.search, ${nearness}::tsquery, ${RANK_BY_LENGTH}::int)`;
  return Prisma.sql`(ts_rank(chunk.search, ${anyWord}::tsquery, ${RANK_BY_LENGTH}::int) ${near})::float8`;
}

function stemPositions(lexemes: readonly string[]): Prisma.Sql {
  if (lexemes.length === 0) return Prisma.sql`'[]'::jsonb`;
  return Prisma.sql`(
        SELECT coalesce(jsonb_agg(jsonb_build_array(entry.lexeme, entry.positions)), '[]'::jsonb)
        FROM unnest(chunk.search) AS entry(lexeme, positions, weights)
        WHERE entry.lexeme = ANY(${[...lexemes]}::text[]) AND entry.positions IS NOT NULL)`;
}

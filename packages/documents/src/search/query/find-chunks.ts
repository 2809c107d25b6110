import { Prisma } from '../../generated/client.ts';
import * as z from 'zod';
import { chunkTiers, type ChunkTier } from './chunk-tiers.ts';
import { isInOneDocument, type SearchScope } from './search-scope.ts';

/** The methods of a PrismaClient that a search uses. */
export interface SearchDatabase {
  $queryRaw<Result>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Prisma.PrismaPromise<Result>;
  $transaction(queries: Prisma.PrismaPromise<unknown>[]): Promise<unknown[]>;
}

/** A question, as texts of tsquery. */
export interface ChunkQuery {
  /** Queries whose chunks are ranked, at most `limit` per query. */
  tiers: readonly ChunkTier[];
  /** All words, as alternatives. */
  anyWord: string;
  /** All clauses; their nearness raises the rank. Undefined: nearness does not matter. */
  nearness: string | undefined;
  /** The stem lexemes whose positions are returned. */
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

/** A chunk that a query found, with its document. */
export type FoundChunk = z.infer<typeof chunkRows>[number];

/** Flag that divides a rank by 1 + the logarithm of the chunk's length, so that long chunks have no advantage. */
const RANK_BY_LENGTH = 1;

/** Largest number of chunks of one page. The best chunk's passage may be on the next page. */
const MOST_OF_A_PAGE = 3;

const HAS_PAGES = Prisma.sql`(document.pages > 1 OR document.coverage IS NOT NULL)`;

/**
 * A chunk's tsvector, unpacked once. Every function unpacks the stored one anew, which takes longer than ranking it.
 * OFFSET keeps PostgreSQL from copying this expression into each function call.
 */
const UNPACKED_SEARCH = Prisma.sql`setweight(chunk.search, 'D', ARRAY[]::text[])`;

const PAGE_LABELS = Prisma.sql`(
        SELECT coalesce(jsonb_object_agg(number, document."pageLabels" ->> number::text), '{}'::jsonb)
        FROM generate_series(chunk.page, coalesce(chunk."lastPage", chunk.page)) AS number
        WHERE jsonb_typeof(document."pageLabels" -> number::text) = 'string')`;

/**
 * Settings of the transaction: every candidate comes from the index. PostgreSQL may guess far wrong how often words
 * stand together, and reading all chunks takes seconds.
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

/**
 * Runs a statement whose chunks all come from the index.
 * @returns its rows.
 */
export async function inIndexOnly(database: SearchDatabase, statement: Prisma.Sql): Promise<unknown> {
  const [, rows] = await database.$transaction([database.$queryRaw(SETTINGS), database.$queryRaw(statement)]);
  return rows;
}

function chunkStatement(scope: SearchScope, query: ChunkQuery): Prisma.Sql {
  const { expressions, names } = chunkTiers(query.tiers, scope);
  const all = names.map((name) => Prisma.sql`SELECT id FROM ${name}`);
  return Prisma.sql`
    WITH ${Prisma.join(expressions)}, scored AS MATERIALIZED (
      SELECT chunk.id, chunk."documentId", chunk.page, ${rankExpression(query)} AS rank,
        CASE WHEN ${isInOneDocument(scope)} AND NOT ${HAS_PAGES} THEN chunk.ordinal END AS part
      FROM (
        SELECT chunk.id, chunk."documentId", chunk.page, chunk.ordinal, ${UNPACKED_SEARCH} AS search
        FROM (${Prisma.join(all, ' UNION ')}) AS candidate JOIN "DocumentChunk" chunk ON chunk.id = candidate.id
        OFFSET 0
      ) AS chunk
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

function rankExpression({ anyWord, nearness }: ChunkQuery): Prisma.Sql {
  const near =
    nearness === undefined
      ? Prisma.empty
      : Prisma.sql`+ ts_rank_cd(chunk.search, ${nearness}::tsquery, ${RANK_BY_LENGTH}::int)`;
  return Prisma.sql`(ts_rank(chunk.search, ${anyWord}::tsquery, ${RANK_BY_LENGTH}::int) ${near})::float8`;
}

/** Only these lexemes are unnested. They get a weight that no other lexeme has. */
function stemPositions(lexemes: readonly string[]): Prisma.Sql {
  if (lexemes.length === 0) return Prisma.sql`'[]'::jsonb`;
  return Prisma.sql`(
        SELECT coalesce(jsonb_agg(jsonb_build_array(entry.lexeme, entry.positions)), '[]'::jsonb)
        FROM unnest(ts_filter(setweight(chunk.search, 'C', ${[...lexemes]}::text[]), '{c}')) AS entry(lexeme, positions, weights))`;
}

const numberRows = z.array(z.object({ number: z.int() }));

/**
 * Tells which queries any chunk meets, in one statement.
 * @param queries texts of tsquery
 * @returns the indexes of the met queries.
 */
export async function matchedQueries(database: SearchDatabase, queries: readonly string[]): Promise<Set<number>> {
  if (queries.length === 0) return new Set();
  const statements = queries.map(
    (query, number) => Prisma.sql`
      (SELECT ${number}::int AS number FROM "DocumentChunk" WHERE search @@ ${query}::tsquery LIMIT 1)`,
  );
  const found = numberRows.parse(await inIndexOnly(database, Prisma.join(statements, ' UNION ALL ')));
  return new Set(found.map(({ number }) => number));
}

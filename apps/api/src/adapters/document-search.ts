import { Prisma } from '@taskwire/db';
import type { DocumentSearch, SearchHit } from '@taskwire/router';
import * as z from 'zod';
import type { ApiDatabase } from './api-database.ts';
import { MATCH_START, MATCH_STOP, parseSnippet } from './snippet.ts';

const MARKS = MATCH_START + MATCH_STOP;
const HEADLINE_OPTIONS = `StartSel="${MATCH_START}", StopSel="${MATCH_STOP}", MaxWords=45, MinWords=25`;
/** Divides a rank by 1 + the logarithm of the piece's length: long pieces do not win by being long. */
const RANK_BY_LENGTH = 1;

/** What an extract is cut from: the text; with the heading before it where the words are not all in the text. */
const EXTRACTED = Prisma.sql`CASE WHEN best.heading IS NULL OR to_tsvector('english', best.text) @@ best.words
        THEN best.text ELSE concat_ws(': ', best.heading, nullif(best.text, '')) END`;

const foundSchema = z.array(
  z.object({
    taskId: z.string(),
    ordinal: z.int(),
    page: z.int(),
    heading: z.string().nullable(),
    rank: z.number(),
    fileName: z.string(),
    marked: z.string(),
  }),
);

/**
 * Full-text search in PostgreSQL. The owner check is part of the query: a piece belongs to the owner of its task. Only
 * the best pieces are cut into extracts, which costs far more than ranking.
 */
export function createDocumentSearch(database: ApiDatabase): DocumentSearch {
  return {
    async search(request) {
      const found = foundSchema.parse(await database.$queryRaw(searchQuery(request)));
      return found.map(({ heading, marked, ...hit }): SearchHit => ({
        ...hit,
        ...(heading === null ? {} : { heading }),
        snippet: parseSnippet(marked),
      }));
    },
  };
}

function searchQuery({ ownerId, query, taskId, limit }: Parameters<DocumentSearch['search']>[0]): Prisma.Sql {
  const ofTask = taskId === undefined ? Prisma.empty : Prisma.sql`AND task.id = ${taskId}::uuid`;
  return Prisma.sql`
    WITH query AS (
      SELECT websearch_to_tsquery('english', ${query}) AS words
    ), best AS (
      SELECT chunk."taskId", chunk.ordinal, chunk.page, chunk.heading, chunk.text, task.input, task.output, query.words,
        ts_rank_cd(chunk.search, query.words, ${RANK_BY_LENGTH}::int)::float8 AS rank
      FROM query
        JOIN "DocumentChunk" chunk ON chunk.search @@ query.words
        JOIN "Task" task ON task.id = chunk."taskId"
      WHERE task."ownerId" = ${ownerId} ${ofTask}
      ORDER BY rank DESC, chunk."taskId", chunk.ordinal
      LIMIT ${limit}
    )
    SELECT best."taskId", best.ordinal, best.page, best.heading, best.rank,
      coalesce(best.output ->> 'fileName', upload."fileName", '') AS "fileName",
      ts_headline('english', translate(${EXTRACTED}, ${MARKS}, ''), best.words, ${HEADLINE_OPTIONS}) AS marked
    FROM best
      LEFT JOIN "Upload" upload ON upload.id =
        CASE WHEN best.input ->> 'uploadId' ~* '^[0-9a-f-]{36}$' THEN (best.input ->> 'uploadId')::uuid END
    ORDER BY best.rank DESC, best."taskId", best.ordinal`;
}

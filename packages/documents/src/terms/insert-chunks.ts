import type { DocumentDatabase } from '../database/document-database.ts';
import type { IndexTerms } from './indexed-chunks.ts';

/** The columns of a chunk's row, except its id. */
export interface ChunkRow extends IndexTerms {
  documentId: string;
  ordinal: number;
  page: number;
  lastPage?: number | null;
  pageStarts?: readonly number[];
  overlap?: number;
  heading?: string | null;
  headingPath?: readonly string[];
  text: string;
}

/** Writes chunks with their terms in one statement. It is raw SQL because Prisma has no type for a tsvector. */
export async function insertChunks(
  database: Pick<DocumentDatabase, '$executeRaw'>,
  rows: readonly ChunkRow[],
): Promise<void> {
  await database.$executeRaw`
    INSERT INTO "DocumentChunk" ("documentId", ordinal, page, "lastPage", "pageStarts", overlap, heading, "headingPath", text,
      language, search, "searchVersion")
    SELECT "documentId", ordinal, page, "lastPage", coalesce("pageStarts", ARRAY[]::int[]), coalesce(overlap, 0), heading,
      coalesce("headingPath", ARRAY[]::text[]), text, language, search::tsvector, "searchVersion"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (
      "documentId" uuid, ordinal int, page int, "lastPage" int, "pageStarts" int[], overlap int, heading text, "headingPath" text[],
      text text, language text, search text, "searchVersion" int)`;
}

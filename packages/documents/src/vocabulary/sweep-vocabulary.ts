import type { DocumentDatabase } from '../database/document-database.ts';
import { exactLexeme, quoteLexeme } from '../terms/lexemes.ts';
import { ownerKey } from '../terms/hashes.ts';

interface Removal {
  id: bigint;
  ownerId: string;
  forms: string[];
}

/** Longest time (ms) for the words of one removal. */
const LONGEST_REMOVAL_MS = 120_000;

/**
 * Deletes from the vocabularies the words of deleted chunks that no other chunk has. Several processes may run it at
 * once. An interrupted removal is repeated.
 * @param signal ends it after the current removal.
 * @returns the number of removals
 */
export async function sweepVocabulary(database: DocumentDatabase, signal: AbortSignal): Promise<number> {
  let done = 0;
  while (!signal.aborted && (await sweepOne(database))) done += 1;
  return done;
}

async function sweepOne(database: DocumentDatabase): Promise<boolean> {
  return database.$transaction(
    async (transaction) => {
      const [removal] = await transaction.$queryRaw<Removal[]>`
        SELECT id, "ownerId", forms FROM "VocabularyRemoval" ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (removal === undefined) return false;
      const { id, ownerId, forms } = removal;
      const key = ownerKey(ownerId);
      const words = forms.map((form) => ({ form, lexeme: quoteLexeme(exactLexeme(key, form)) }));
      await transaction.$executeRaw`
        DELETE FROM "VocabularyTerm" AS term
        USING jsonb_to_recordset(${JSON.stringify(words)}::jsonb) AS word (form text, lexeme text)
        WHERE term."ownerId" = ${ownerId} AND term.form = word.form
          AND NOT EXISTS (SELECT FROM "DocumentChunk" AS chunk WHERE chunk.search @@ word.lexeme::tsquery)`;
      await transaction.$executeRaw`DELETE FROM "VocabularyRemoval" WHERE id = ${id}`;
      return true;
    },
    { timeout: LONGEST_REMOVAL_MS },
  );
}

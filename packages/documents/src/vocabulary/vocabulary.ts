import { Prisma } from '../generated/client.ts';
import type { DocumentDatabase } from '../database/document-database.ts';
import * as z from 'zod';
import { inIndexOnly, type SearchDatabase } from '../search/query/find-chunks.ts';
import { exactLexeme } from '../terms/lexemes.ts';
import { ownerKey } from '../terms/hashes.ts';
import { tokenize } from '../terms/tokenize.ts';
import type { IndexedText } from '../terms/search-vector.ts';
import { spellingDistance } from './spelling-distance.ts';
import { isCorrectable, mostMistakes, spellingKeys } from './spelling-keys.ts';

/** Number of words in one statement. */
const WORDS_AT_ONCE = 1_000;
/** Number of chunks whose words one statement collects. It takes seconds at most, for any document. */
const CHUNKS_AT_ONCE = 2_000;
/** Number of words in one `VocabularyRemoval` row. */
const FORMS_PER_REMOVAL = 2_000;
/** Largest number of similar words for one word of a question. */
const MOST_CANDIDATES = 5;
/** Largest number of words of a question for which similar words are searched. Each costs one read of the index. */
const MOST_QUERY_WORDS = 32;
/**
 * Largest number of vocabulary words with which one word is compared. An owner may have 100,000 with the same start.
 */
const MOST_COMPARED = 1_000;

/** The words of a chunk for its owner's vocabulary. */
export function vocabularyOf({ heading, headingPath = [], text }: IndexedText): Set<string> {
  const words = [...headingPath, heading ?? '', text]
    .flatMap((part) => tokenize(part))
    .filter((token) => token.kind === 'word' && token.isIndexOnly !== true && isCorrectable(token.form));
  return new Set(words.map(({ form }) => form));
}

/** Writes words into an owner's vocabulary, in short statements. Several writers may run at once. */
export async function rememberTerms(
  database: Pick<DocumentDatabase, '$executeRaw'>,
  { ownerId, forms }: { ownerId: string; forms: Iterable<string> },
): Promise<void> {
  // All writers use one order, so that they cannot deadlock.
  const words = [...new Set(forms)].filter(isCorrectable).sort();
  for (let start = 0; start < words.length; start += WORDS_AT_ONCE) {
    await writeWords(database, ownerId, words.slice(start, start + WORDS_AT_ONCE));
  }
}

async function writeWords(
  database: Pick<DocumentDatabase, '$executeRaw'>,
  ownerId: string,
  words: readonly string[],
): Promise<void> {
  const rows = words.map((form) => ({ form, keys: spellingKeys(ownerId, form) }));
  await database.$executeRaw`
    INSERT INTO "VocabularyTerm" ("ownerId", form, keys)
    SELECT ${ownerId}, form, keys FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (form text, keys int[])
    ON CONFLICT DO NOTHING`;
}

/**
 * Records that the words of a document may leave its owner's vocabulary. A worker later removes those that no other
 * document has. Call it in the transaction that deletes the document's chunks, before the deletion. It waits for no
 * other writer.
 */
export async function forgetTerms(
  database: Pick<DocumentDatabase, '$executeRaw' | '$queryRaw'>,
  { ownerId, documentId }: { ownerId: string; documentId: string },
): Promise<void> {
  const [chunks] = await database.$queryRaw<{ last: number | null }[]>`
    SELECT max(ordinal) AS last FROM "DocumentChunk" WHERE "documentId" = ${documentId}::uuid`;
  for (let first = 0; first <= (chunks?.last ?? -1); first += CHUNKS_AT_ONCE) {
    await forgetTermsOf(database, { ownerId, documentId, first });
  }
}

/** The same for the chunks from `first` on. */
async function forgetTermsOf(
  database: Pick<DocumentDatabase, '$executeRaw'>,
  { ownerId, documentId, first }: { ownerId: string; documentId: string; first: number },
): Promise<void> {
  const prefix = exactLexeme(ownerKey(ownerId), '');
  await database.$executeRaw`
    INSERT INTO "VocabularyRemoval" ("ownerId", forms)
    SELECT ${ownerId}, array_agg(form ORDER BY form)
    FROM (
      SELECT form, row_number() OVER (ORDER BY form) / ${FORMS_PER_REMOVAL}::int AS part
      FROM (
        SELECT DISTINCT substr(lexeme, ${prefix.length + 1}::int) AS form
        FROM "DocumentChunk" AS chunk, unnest(tsvector_to_array(chunk.search)) AS lexeme
        WHERE chunk."documentId" = ${documentId}::uuid
          AND chunk.ordinal >= ${first}::int AND chunk.ordinal < ${first + CHUNKS_AT_ONCE}::int
          AND starts_with(lexeme, ${prefix})
      ) AS words
    ) AS numbered
    GROUP BY part`;
}

const similarSchema = z.array(z.object({ number: z.int(), form: z.string() }));

/**
 * The words of an owner's documents that may be the correct spelling of a word, most similar first, in one statement.
 * @param options.forms normalised words; only the first 32 that can be corrected are searched
 * @returns at most five words for each searched word; an empty list if none is similar
 */
export async function similarTerms(
  database: SearchDatabase,
  { ownerId, forms }: { ownerId: string; forms: readonly string[] },
): Promise<Map<string, string[]>> {
  const searched = [...new Set(forms)].filter(isCorrectable).slice(0, MOST_QUERY_WORDS);
  if (searched.length === 0) return new Map();
  // The keys contain the owner. The second condition is separate, because PostgreSQL would use it to read the owner's
  // whole vocabulary.
  const statement = Prisma.sql`
    WITH near AS MATERIALIZED (${Prisma.join(
      searched.map((form, number) => wordsNear(ownerId, form, number)),
      ' UNION ALL ',
    )})
    SELECT number, form FROM near WHERE "ownerId" = ${ownerId}`;
  const rows = similarSchema.parse(await inIndexOnly(database, statement));
  const candidates = searched.map((): string[] => []);
  for (const { number, form } of rows) candidates[number]?.push(form);
  return new Map(searched.map((word, number) => [word, nearest(word, candidates[number] ?? [])]));
}

/** The words that share a key with a word and are about as long. */
function wordsNear(ownerId: string, form: string, number: number): Prisma.Sql {
  const [length, most] = [Array.from(form).length, mostMistakes(form)];
  return Prisma.sql`(
      SELECT ${number}::int AS number, "ownerId", form FROM "VocabularyTerm"
      WHERE keys && ${spellingKeys(ownerId, form)}::int[]
        AND length(form) BETWEEN ${length - most}::int AND ${length + most}::int
      LIMIT ${MOST_COMPARED}
    )`;
}

/** The most similar words: fewest mistakes first, then the same letters, then the same start or end. */
function nearest(word: string, candidates: readonly string[]): string[] {
  return candidates
    .map((form) => ({ form, distance: spellingDistance(word, form) }))
    .filter(({ form, distance }) => distance > 0 && distance <= Math.min(mostMistakes(word), mostMistakes(form)))
    .map((candidate) => ({ ...candidate, likeness: likenessOf(word, candidate.form) }))
    .sort((one, other) => one.distance - other.distance || other.likeness - one.likeness)
    .slice(0, MOST_CANDIDATES)
    .map(({ form }) => form);
}

function likenessOf(word: string, form: string): number {
  const hasSameLetters = Array.from(word).sort().join('') === Array.from(form).sort().join('');
  if (hasSameLetters) return word.length + form.length;
  return sameStart(word, form) + sameStart(reversed(word), reversed(form));
}

function reversed(word: string): string {
  return Array.from(word).reverse().join('');
}

function sameStart(word: string, form: string): number {
  let length = 0;
  while (length < word.length && word[length] === form[length]) length += 1;
  return length;
}

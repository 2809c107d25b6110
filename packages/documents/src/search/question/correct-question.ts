import type { Correction } from '../search-answer.ts';
import * as z from 'zod';
import { isCorrectable } from '../../vocabulary/spelling-keys.ts';
import { similarTerms } from '../../vocabulary/vocabulary.ts';
import { matchedQueries, type SearchDatabase } from '../query/find-chunks.ts';
import type { QueryWriter } from '../query/query-text.ts';
import type { Question, Term, TermWord } from './question.ts';

/** A question with replaced words, and the replacements. */
export interface CorrectedQuestion {
  question: Question;
  corrected: Correction[];
}

/** The owner whose documents have the words, and the writer of the question's terms. */
export interface CorrectionContext {
  ownerId: string;
  writer: QueryWriter;
}

/** Largest number of readings of a question. */
const MOST_READINGS = 5;

/**
 * Replaces words that none of the owner's documents has by similar words.
 * @returns the readings, likeliest first. Empty if every word is found, or if no word has a similar one.
 */
export async function correctQuestion(
  database: SearchDatabase,
  question: Question,
  context: CorrectionContext,
): Promise<CorrectedQuestion[]> {
  const words = question.required.flat().flatMap((term) => term.words.filter(mayBeMisspelled));
  const missing = await withoutFound(database, await withoutKnown(database, words, context.ownerId), context.writer);
  const forms = missing.map(({ form }) => form);
  const similar =
    forms.length === 0 ? new Map<string, string[]>() : await similarTerms(database, { ...context, forms });
  return readingsOf(similar).map((readAs) => replaceWords(question, readAs));
}

/** First the most similar word for each. Then readings in which one word is replaced by a less similar one. */
function readingsOf(similar: ReadonlyMap<string, readonly string[]>): Map<string, string>[] {
  const likeliest = new Map([...similar].flatMap(([form, [first]]) => (first === undefined ? [] : [[form, first]])));
  if (likeliest.size === 0) return [];
  const others = [...similar]
    .flatMap(([form, others]) => others.slice(1).map((other, rank) => ({ form, other, rank })))
    .sort((one, another) => one.rank - another.rank)
    .map(({ form, other }) => new Map([...likeliest, [form, other]]));
  return [likeliest, ...others].slice(0, MOST_READINGS);
}

function mayBeMisspelled({ form, kind, isPrefix }: TermWord): boolean {
  return kind === 'word' && !isPrefix && isCorrectable(form);
}

const formRows = z.array(z.object({ form: z.string() }));

/** The words that are not in the owner's vocabulary. */
async function withoutKnown(
  database: SearchDatabase,
  words: readonly TermWord[],
  ownerId: string,
): Promise<TermWord[]> {
  if (words.length === 0) return [];
  const forms = words.map(({ form }) => form);
  const rows = formRows.parse(
    await database.$queryRaw`
      SELECT form FROM "VocabularyTerm" WHERE "ownerId" = ${ownerId} AND form = ANY(${forms}::text[])`,
  );
  const known = new Set(rows.map(({ form }) => form));
  return words.filter(({ form }) => !known.has(form));
}

/** The words that no chunk has in any form. */
async function withoutFound(
  database: SearchDatabase,
  words: readonly TermWord[],
  writer: QueryWriter,
): Promise<TermWord[]> {
  const found = await matchedQueries(
    database,
    words.map((word) => writer.word(word)),
  );
  return words.filter((_, index) => !found.has(index));
}

function replaceWords(question: Question, readAs: ReadonlyMap<string, string>): CorrectedQuestion {
  const corrected = new Map<string, Correction>();
  const replaced = (term: Term): Term => {
    const words = term.words.map((word) => {
      const form = readAs.get(word.form);
      if (form === undefined) return word;
      corrected.set(word.form, { word: term.words.length === 1 ? term.text : word.form, readAs: form });
      return { ...word, form, accented: form };
    });
    const { joined, ...rest } = term;
    const isSame = words.every((word, index) => word === term.words[index]);
    return isSame || joined === undefined ? { ...term, words } : { ...rest, words };
  };
  const required = question.required.map((clause) => clause.map(replaced));
  return { question: { ...question, required }, corrected: [...corrected.values()] };
}

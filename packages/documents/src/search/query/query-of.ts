import type { ChunkTier } from './chunk-tiers.ts';
import type { ChunkQuery } from './find-chunks.ts';
import type { QueryWriter } from './query-text.ts';
import type { Question, Term, TermWord } from '../question/question.ts';

/** Number of chunks that are ranked for one query. */
const CANDIDATES = 200;
/** Fewest ranked chunks per word if any word is enough. */
const FEWEST_OF_A_WORD = 30;
/** Largest number of words whose nearness is ranked. The time grows with the square of this number. */
const MOST_NEAR = 8;
/** Largest number of words that are searched alone. */
const MOST_ALONE = 10;
/** Chunks per wanted hit. Several chunks may be on one page. */
const CHUNKS_PER_HIT = 3;

/**
 * The query of a question. Chunks in which a word is prominent come first, because a frequent word has more chunks than
 * are ranked.
 * @param options.isLoose whether one clause is enough; chunks that meet most clauses come first
 */
export function queryOf(
  question: Question,
  writer: QueryWriter,
  { limit, isLoose }: { limit: number; isLoose: boolean },
): ChunkQuery {
  const terms = writer.countingTerms(question);
  const places = placesOf(terms);
  return {
    tiers: isLoose ? looseTiers(question, writer) : strictTiers(question, writer),
    anyWord: writer.anyWord(question),
    nearness: isLoose || places.length < 2 || places.length > MOST_NEAR ? undefined : writer.nearness(question),
    stemLexemes: [
      ...new Set(stemmedPlaces([...terms, ...question.excluded]).flatMap((word) => writer.stemLexemes(word))),
    ],
    limit: limit * CHUNKS_PER_HIT,
  };
}

/**
 * In a chunk of several pages, an excluded word removes only its own page. A question of function words alone matches
 * most chunks. Then the first chunks are read without the index, because the index lists of such words are as long as
 * the table.
 */
function strictTiers(question: Question, writer: QueryWriter): ChunkTier[] {
  const queries = [writer.prominentMatch(question), writer.match(question)];
  const isOfStopWords = writer.isOfStopWords(question);
  return [
    ...queries.flatMap((query) => [
      ...(isOfStopWords ? tierOf(query, { isFallback: true, isOfFirstChunks: true }) : []),
      ...tierOf(query, { isFallback: true }),
    ]),
    ...tierOf(writer.matchWithExcluded(question), { isFallback: true, isOfManyPages: true }),
  ];
}

function looseTiers(question: Question, writer: QueryWriter): ChunkTier[] {
  const each = writer.each(question).slice(0, MOST_ALONE);
  const limit = Math.max(FEWEST_OF_A_WORD, Math.floor(CANDIDATES / each.length));
  return [...tierOf(writer.allButOne(question), {}), ...each.flatMap((match) => tierOf(match, { limit }))];
}

function tierOf(query: string | undefined, options: Partial<ChunkTier>): ChunkTier[] {
  return query === undefined ? [] : [{ query, limit: CANDIDATES, ...options }];
}

function placesOf(terms: readonly Term[]): TermWord[] {
  return terms.flatMap(({ words, joined }) => [...words, ...(joined === undefined ? [] : [joined])]);
}

/** Words that are also found in other forms. Words of quoted phrases are not. */
function stemmedPlaces(terms: readonly Term[]): TermWord[] {
  return placesOf(terms.filter(({ isQuoted }) => !isQuoted));
}

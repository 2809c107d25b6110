import type { ChunkQuery, ChunkTier } from './find-chunks.ts';
import type { QueryWriter } from './query-text.ts';
import type { Question, Term, TermWord } from './question.ts';

/** Most chunks that are ranked for one query. */
const CANDIDATES = 200;
/** Fewest chunks of each word that are ranked where any word will do. */
const FEWEST_OF_A_WORD = 30;
/** Most words whose nearness is ranked: the time that takes grows with the square. */
const MOST_NEAR = 8;
/** Most words that are looked for alone. */
const MOST_ALONE = 10;
/** Chunks in the answer for each wanted hit: several may stand on one page. */
const CHUNKS_PER_HIT = 3;

/**
 * What is asked of PostgreSQL for a question. Chunks in which a word is prominent come first: of a frequent word others
 * are not even ranked.
 * @param options.isLoose whether one clause is enough; those that most clauses meet come first
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
    isOrdered: !isLoose,
    anyWord: writer.anyWord(question),
    nearness: isLoose || places.length < 2 || places.length > MOST_NEAR ? undefined : writer.nearness(question),
    stemLexemes: [...new Set([...places, ...placesOf(question.excluded)].flatMap((word) => writer.stemLexemes(word)))],
    limit: limit * CHUNKS_PER_HIT,
  };
}

/** Of a chunk of several pages, an excluded word takes only its own page out. */
function strictTiers(question: Question, writer: QueryWriter): ChunkTier[] {
  const queries = [writer.prominentMatch(question), writer.match(question)];
  const withExcluded = writer.matchWithExcluded(question);
  return [
    ...queries.flatMap((query) => (query === undefined ? [] : [{ query, limit: CANDIDATES }])),
    ...(withExcluded === undefined ? [] : [{ query: withExcluded, limit: CANDIDATES, isOfManyPages: true }]),
  ];
}

function looseTiers(question: Question, writer: QueryWriter): ChunkTier[] {
  const each = writer.each(question).slice(0, MOST_ALONE);
  const most = writer.allButOne(question);
  const ofEach = Math.max(FEWEST_OF_A_WORD, Math.floor(CANDIDATES / each.length));
  return [
    ...(most === undefined ? [] : [{ query: most, limit: CANDIDATES }]),
    ...each.map((query) => ({ query, limit: ofEach })),
  ];
}

function placesOf(terms: readonly Term[]): TermWord[] {
  return terms.flatMap(({ words, joined }) => [...words, ...(joined === undefined ? [] : [joined])]);
}

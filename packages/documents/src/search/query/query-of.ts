import type { ChunkTier } from './chunk-tiers.ts';
import type { ChunkQuery } from './find-chunks.ts';
import type { QueryWriter } from './query-text.ts';
import type { Question, Term, TermWord } from '../question/question.ts';

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
    anyWord: writer.anyWord(question),
    nearness: isLoose || places.length < 2 || places.length > MOST_NEAR ? undefined : writer.nearness(question),
    stemLexemes: [
      ...new Set(stemmedPlaces([...terms, ...question.excluded]).flatMap((word) => writer.stemLexemes(word))),
    ],
    limit: limit * CHUNKS_PER_HIT,
  };
}

/**
 * Of a chunk of several pages, an excluded word takes only its own page out. Function words alone stand in most chunks:
 * the first ones are looked at without the index, whose lists of such words are as long as the table.
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

/** Places that are found in other forms too: those of quoted phrases are not. */
function stemmedPlaces(terms: readonly Term[]): TermWord[] {
  return placesOf(terms.filter(({ isQuoted }) => !isQuoted));
}

import type { SearchAnswer, SearchHit, SearchRequest } from './search-answer.ts';
import * as z from 'zod';
import { Stemmer } from '../languages/stemmer.ts';
import { ownerKey } from '../terms/hashes.ts';
import { correctQuestion, type CorrectedQuestion } from './question/correct-question.ts';
import { findChunks, matchedQueries, type SearchDatabase } from './query/find-chunks.ts';
import { hitsOf } from './passages/hits.ts';
import { parseQuestion } from './question/parse-question.ts';
import { queryOf } from './query/query-of.ts';
import { QueryWriter } from './query/query-text.ts';
import { queryWords } from './query/query-words.ts';
import type { Question } from './question/question.ts';
import { divideQuestion, loosenQuestion } from './question/relax-question.ts';
import type { SearchScope } from './query/search-scope.ts';

const languageRows = z.array(z.object({ language: z.string() }));

/** Searches the documents of one owner at a time. Each database client has one. */
export class DocumentFinder {
  readonly #database: SearchDatabase;
  readonly #stemmer: Stemmer;

  constructor(database: SearchDatabase) {
    this.#database = database;
    this.#stemmer = new Stemmer(database);
  }

  /**
   * Answers a question, which may be any text. If no chunk has all words, it tries these steps in turn. It corrects
   * words that no document has. It divides texts without spaces into words. It accepts any one word.
   */
  async search({ query, limit, ...scope }: SearchRequest): Promise<SearchAnswer> {
    const question = parseQuestion(query);
    if (question.required.length === 0) return { hits: [] };
    const asking = { scope, limit, languages: await this.#languagesOf(scope.ownerId) };
    const hits = await this.#ask(question, asking);
    if (hits.length > 0) return { hits };
    const readings = await this.#correct(question, asking);
    const ofReadings = await this.#askReadings(readings, asking);
    if (ofReadings !== undefined) return ofReadings;
    const [likeliest] = readings;
    const corrected = likeliest === undefined ? {} : { corrected: likeliest.corrected };
    const found = await this.#relaxed(likeliest?.question ?? question, asking);
    return found.hits.length === 0 ? { hits: [] } : { ...found, ...corrected };
  }

  /** The answer of the first reading with hits; undefined if no reading has hits. */
  async #askReadings(
    [likeliest, ...others]: readonly CorrectedQuestion[],
    asking: Asking,
  ): Promise<SearchAnswer | undefined> {
    if (likeliest === undefined) return undefined;
    const hits = await this.#ask(likeliest.question, asking);
    if (hits.length > 0) return { hits, corrected: likeliest.corrected };
    for (const { question, corrected } of await this.#matchedReadings(others, asking)) {
      const ofReading = await this.#ask(question, asking);
      if (ofReading.length > 0) return { hits: ofReading, corrected };
    }
    return undefined;
  }

  /** The readings that a chunk may meet. */
  async #matchedReadings(readings: readonly CorrectedQuestion[], asking: Asking): Promise<CorrectedQuestion[]> {
    const required = readings.flatMap(({ question }) => question.required);
    const writer = await this.#writer({ required, excluded: [] }, asking);
    // In a chunk of several pages, an excluded word removes only its own page.
    const queries = readings.map(({ question }) => writer.match({ ...question, excluded: [] }) ?? '');
    const matched = await matchedQueries(this.#database, queries);
    return readings.filter((_, index) => matched.has(index));
  }

  async #relaxed(question: Question, asking: Asking) {
    const divided = divideQuestion(question);
    const ofParts = divided === undefined ? [] : await this.#ask(divided, asking);
    if (ofParts.length > 0) return { hits: ofParts };
    const loosened = loosenQuestion(divided ?? question);
    const ofAny = loosened === undefined ? [] : await this.#ask(loosened, { ...asking, isLoose: true });
    return { hits: ofAny, matched: 'any-word' as const };
  }

  async #ask(question: Question, { scope, limit, languages, isLoose = false }: Asking): Promise<SearchHit[]> {
    const writer = await this.#writer(question, { scope, languages });
    const query = queryOf(question, writer, { limit, isLoose });
    return hitsOf(await findChunks(this.#database, scope, query), { question, writer, scope, limit });
  }

  async #correct(question: Question, asking: Asking): Promise<CorrectedQuestion[]> {
    const writer = await this.#writer(question, asking);
    return correctQuestion(this.#database, question, { ownerId: asking.scope.ownerId, writer });
  }

  async #writer({ required, excluded }: Question, { scope, languages }: Pick<Asking, 'scope' | 'languages'>) {
    const terms = [...required.flat(), ...excluded];
    const places = terms.flatMap(({ words, joined }) => [...words, ...(joined === undefined ? [] : [joined])]);
    const words = places.filter(({ kind }) => kind === 'word').map(({ accented }) => accented);
    const stemsIn = await this.#stemmer.stems(languages.map((language) => ({ language, words })));
    return new QueryWriter(ownerKey(scope.ownerId), queryWords(languages, stemsIn));
  }

  async #languagesOf(ownerId: string): Promise<string[]> {
    const rows = languageRows.parse(
      await this.#database.$queryRaw`
        SELECT DISTINCT language FROM "Document", unnest(languages) AS language WHERE "ownerId" = ${ownerId}`,
    );
    return rows.map(({ language }) => language);
  }
}

interface Asking {
  scope: SearchScope;
  limit: number;
  /** Languages of the owner's documents. */
  languages: readonly string[];
  /** Whether one clause is enough. */
  isLoose?: boolean;
}

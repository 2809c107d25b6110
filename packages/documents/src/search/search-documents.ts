import * as z from 'zod';
import { Stemmer } from '../languages/stemmer.ts';
import { ownerKey } from '../terms/owner-key.ts';
import { findChunks, type SearchDatabase, type SearchScope } from './find-chunks.ts';
import { hitsOf, type Hit } from './hits.ts';
import { parseQuestion } from './parse-question.ts';
import { queryOf } from './query-of.ts';
import { QueryWriter } from './query-text.ts';
import { queryWords, type QueryWords } from './query-words.ts';
import type { Question } from './question.ts';
import { divideQuestion, loosenQuestion } from './relax-question.ts';

/** A question and where it is asked. */
export interface SearchRequest extends SearchScope {
  query: string;
  /** Most hits. */
  limit: number;
}

/** What a search answers. */
export interface SearchAnswer {
  /** Best first. */
  hits: Hit[];
  /** No passage has all words: the hits have some of them. */
  matched?: 'any-word';
}

const languageRows = z.array(z.object({ language: z.string() }));

/** Searches the documents of one owner at a time. One is made for each database client. */
export class DocumentFinder {
  readonly #database: SearchDatabase;
  readonly #stemmer: Stemmer;

  constructor(database: SearchDatabase) {
    this.#database = database;
    this.#stemmer = new Stemmer(database);
  }

  /**
   * Answers a question; every text is one. Where no chunk has all its words, texts without spaces are divided into
   * words, and then any word will do.
   */
  async search({ query, limit, ...scope }: SearchRequest): Promise<SearchAnswer> {
    const question = parseQuestion(query);
    if (question.required.length === 0) return { hits: [] };
    const words = await this.#wordsOf(question, scope.ownerId);
    const ask = (asked: Question, isLoose: boolean): Promise<Hit[]> =>
      this.#ask(asked, { words, scope, limit, isLoose });

    const hits = await ask(question, false);
    if (hits.length > 0) return { hits };
    const divided = divideQuestion(question);
    const ofParts = divided === undefined ? [] : await ask(divided, false);
    if (ofParts.length > 0) return { hits: ofParts };
    const loosened = loosenQuestion(divided ?? question);
    const ofAny = loosened === undefined ? [] : await ask(loosened, true);
    return ofAny.length === 0 ? { hits: [] } : { hits: ofAny, matched: 'any-word' };
  }

  async #ask(question: Question, { words, scope, limit, isLoose }: Asking): Promise<Hit[]> {
    const writer = new QueryWriter(ownerKey(scope.ownerId), words);
    const query = queryOf(question, writer, { limit, isLoose });
    return hitsOf(await findChunks(this.#database, scope, query), { question, writer, scope, limit });
  }

  async #wordsOf({ required, excluded }: Question, ownerId: string): Promise<QueryWords> {
    const rows = languageRows.parse(
      await this.#database.$queryRaw`
        SELECT DISTINCT language FROM "Document", unnest(languages) AS language WHERE "ownerId" = ${ownerId}`,
    );
    const languages = rows.map(({ language }) => language);
    const terms = [...required.flat(), ...excluded];
    const places = terms.flatMap(({ words, joined }) => [...words, ...(joined === undefined ? [] : [joined])]);
    const asked = places.filter(({ kind }) => kind === 'word').map(({ accented }) => accented);
    const stemsIn = await this.#stemmer.stems(languages.map((language) => ({ language, words: asked })));
    return queryWords(languages, stemsIn);
  }
}

interface Asking {
  words: QueryWords;
  scope: SearchScope;
  limit: number;
  /** One clause is enough. */
  isLoose: boolean;
}

import type { DocumentDatabase } from '../database/document-database.ts';
import * as z from 'zod';
import { withoutAccents } from '../terms/normalize.ts';
import { lightStems, hasLightStems } from './light-stems.ts';

/**
 * The stemming dictionaries that PostgreSQL may have, by language. Statements name the dictionary, so that no locale
 * matters.
 */
const DICTIONARIES: Readonly<Record<string, string>> = {
  ...{ ar: 'arabic_stem', ca: 'catalan_stem', da: 'danish_stem', de: 'german_stem', el: 'greek_stem' },
  ...{ en: 'english_stem', es: 'spanish_stem', et: 'estonian_stem', eu: 'basque_stem', fi: 'finnish_stem' },
  ...{ fr: 'french_stem', ga: 'irish_stem', hi: 'hindi_stem', hu: 'hungarian_stem', hy: 'armenian_stem' },
  ...{ id: 'indonesian_stem', it: 'italian_stem', lt: 'lithuanian_stem', ne: 'nepali_stem', nl: 'dutch_stem' },
  ...{ no: 'norwegian_stem', pt: 'portuguese_stem', ro: 'romanian_stem', ru: 'russian_stem', sr: 'serbian_stem' },
  ...{ sv: 'swedish_stem', ta: 'tamil_stem', tr: 'turkish_stem', yi: 'yiddish_stem' },
};

/** Whether PostgreSQL may have a dictionary, with a list of function words, for the language (ISO 639-1). */
export function hasDictionary(language: string): boolean {
  return DICTIONARIES[language] !== undefined;
}

/** Shortest word (UTF-16 units) that is stemmed. */
const SHORTEST_WORD = 3;
/** Number of words whose stems are kept in memory. */
const MOST_CACHED = 50_000;
const WORD = /^[\p{L}\p{M}]+$/u;

const rowsSchema = z.array(z.object({ dictionary: z.string(), word: z.string(), stems: z.array(z.string()) }));

/** Words (accented forms; see `Token.accented`) and the language (ISO 639-1) for their stems. */
export interface WordsOfLanguage {
  language: string;
  words: Iterable<string>;
}

/** The stems, without accents, of a requested word. Empty for a stop word, and for a language without stems. */
export type StemsIn = (language: string, accented: string) => readonly string[];

/**
 * Finds stems with PostgreSQL's dictionaries, and with rules for languages without a dictionary. It keeps the stems of
 * recent words in memory. Each database client has one.
 */
export class Stemmer {
  readonly #database: Pick<DocumentDatabase, '$queryRaw'>;
  readonly #cache = new Map<string, readonly string[]>();
  #dictionaries: Promise<ReadonlySet<string>> | undefined;

  constructor(database: Pick<DocumentDatabase, '$queryRaw'>) {
    this.#database = database;
  }

  /** Finds the stems of all words, in at most one statement. */
  async stems(wanted: readonly WordsOfLanguage[]): Promise<StemsIn> {
    const found = new Map<string, readonly string[]>();
    const missing: { language: string; word: string }[] = [];
    for (const { language, words } of wanted) {
      for (const word of new Set(words)) {
        const stems = this.#known(language, word);
        if (stems === undefined) missing.push({ language, word });
        else found.set(keyOf(language, word), stems);
      }
    }
    for (const [key, stems] of await this.#ask(missing)) found.set(key, stems);
    return (language, accented) => found.get(keyOf(language, accented)) ?? [];
  }

  #known(language: string, word: string): readonly string[] | undefined {
    if (word.length < SHORTEST_WORD || !WORD.test(word)) return [];
    if (hasLightStems(language)) return lightStems(language, withoutAccents(word));
    if (DICTIONARIES[language] === undefined) return [];
    return this.#cache.get(keyOf(language, word));
  }

  async #ask(missing: readonly { language: string; word: string }[]): Promise<Map<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    if (missing.length === 0) return found;
    const known = await this.#knownDictionaries();
    // The plain spelling is stemmed too, because questions may come without accents.
    const asked = missing.flatMap(({ language, word }) => {
      const dictionary = DICTIONARIES[language] ?? '';
      if (!known.has(dictionary)) return [];
      return spellingsOf(language, word).map((spelling) => ({ language, word, dictionary, spelling }));
    });
    const stems = await this.#lexize(asked.map(({ dictionary, spelling }) => ({ dictionary, word: spelling })));
    for (const { language, word } of missing) found.set(keyOf(language, word), []);
    for (const { language, word, dictionary, spelling } of asked) {
      const key = keyOf(language, word);
      const plain = (stems.get(keyOf(dictionary, spelling)) ?? []).map(withoutAccents);
      found.set(key, [...new Set([...(found.get(key) ?? []), ...plain])].filter(Boolean));
    }
    this.#remember(found);
    return found;
  }

  async #lexize(words: readonly { dictionary: string; word: string }[]): Promise<Map<string, string[]>> {
    if (words.length === 0) return new Map();
    const rows = rowsSchema.parse(
      await this.#database.$queryRaw`
        SELECT asked.dictionary, asked.word,
          coalesce(ts_lexize(('pg_catalog.' || asked.dictionary)::regdictionary, asked.word), ARRAY[]::text[]) AS stems
        FROM unnest(${words.map(({ dictionary }) => dictionary)}::text[], ${words.map(({ word }) => word)}::text[])
          AS asked(dictionary, word)`,
    );
    return new Map(rows.map(({ dictionary, word, stems }) => [keyOf(dictionary, word), stems]));
  }

  /** Older versions of PostgreSQL have fewer dictionaries. */
  async #knownDictionaries(): Promise<ReadonlySet<string>> {
    this.#dictionaries ??= this.#loadDictionaries().catch((error: unknown) => {
      this.#dictionaries = undefined;
      throw error;
    });
    return this.#dictionaries;
  }

  async #loadDictionaries(): Promise<ReadonlySet<string>> {
    const rows = await this.#database.$queryRaw<{ name: string }[]>`
      SELECT dictname::text AS name FROM pg_catalog.pg_ts_dict
      WHERE dictnamespace = 'pg_catalog'::regnamespace`;
    return new Set(rows.map(({ name }) => name));
  }

  #remember(found: ReadonlyMap<string, readonly string[]>): void {
    if (this.#cache.size + found.size > MOST_CACHED) this.#cache.clear();
    for (const [key, stems] of found) this.#cache.set(key, stems);
  }
}

/**
 * The spellings of a word that are stemmed: its own, and the plain one, because questions may come without accents. In
 * Arabic also the spelling without attached particles, which the dictionary keeps.
 */
function spellingsOf(language: string, word: string): string[] {
  const spellings = [word, withoutAccents(word)];
  return [...new Set(language === 'ar' ? [...spellings, ...spellings.map(withoutArabicParticles)] : spellings)];
}

function withoutArabicParticles(word: string): string {
  return word
    .replace(/^[وف](?=.{4})/u, '')
    .replace(/^[بك](?=ال)/u, '')
    .replace(/^لل/u, 'ال');
}

function keyOf(language: string, word: string): string {
  return `${language}~${word}`;
}

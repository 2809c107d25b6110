import type { StemsIn } from '../../languages/stemmer.ts';
import { hasDictionary } from '../../languages/stemmer.ts';
import { withoutAccents } from '../../terms/normalize.ts';

/** Facts about a word in the languages of an owner's documents. */
export interface QueryWords {
  /** Its stems, by language. */
  stemsOf(accented: string): readonly { language: string; stem: string }[];
  /** Whether it is a function word (`the`, `und`), which most texts contain. */
  isStopWord(accented: string): boolean;
}

/** Function words, without accents, that are too short for stems. */
const SHORT_STOP_WORDS = new Set(
  [
    'a an am as at be by do he if in is it me my no of on or so to up us we',
    'da er es ich im ja ob um wo zu au aux ce de du en et il je la le ne ou se si tu un',
    'al el lo mi su y ad di e i ma o ao os das dos na nos um ik je na nu om op te',
    'af at de er et og ha i jo og på av den det ett att och som',
    'в и к о с у а но на не по из за от до же бы ли мы вы он я ве',
  ].flatMap((words) => words.split(' ').map(withoutAccents)),
);
const SHORTEST_STEMMED = 3;
const WORD = /^[\p{L}\p{M}]+$/u;

/** Reads the stemmer's results for the words of a question. */
export function queryWords(languages: readonly string[], stemsIn: StemsIn): QueryWords {
  const isListed = (language: string, word: string): boolean =>
    hasDictionary(language) && WORD.test(word) && stemsIn(language, word).length === 0;
  return {
    stemsOf: (accented) =>
      languages.flatMap((language) => stemsIn(language, accented).map((stem) => ({ language, stem }))),
    isStopWord: (accented) =>
      accented.length < SHORTEST_STEMMED
        ? SHORT_STOP_WORDS.has(withoutAccents(accented))
        : languages.some((language) => isListed(language, accented)),
  };
}

import { ChunkTexts } from './chunk-texts.ts';
import { FOREIGN_WORD, LARGE_OWNER, SMALL_OWNER } from './load-chunks.ts';

/** A way of asking, with the questions that are measured. */
export interface Manner {
  name: string;
  ownerId: string;
  questions: readonly string[];
  pages?: { from: number; to: number };
  /** Whether the search is held to one document of the owner. */
  isInOneDocument?: true;
}

/** Ranks of words that stand in about every second chunk, in some hundreds, and in few. */
const FREQUENT = 0;
const MIDDLE = 1_000;
const RARE = 35_000;

const STOP_PHRASES = [
  'to be or not to be',
  'that is the one',
  'it was to be had',
  'of the and in the',
  'not that it is for',
  'she said that they were',
  'who will be there when',
  'as if it had been',
];

/** The ways of asking, each with `count` different questions. */
export function manners(count: number): Manner[] {
  const { words } = new ChunkTexts(1);
  const text = new ChunkTexts(7).next();
  const each = (make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index));
  const word = (rank: number) => words[rank] ?? '';
  const large = (name: string, make: (index: number) => string): Manner => ({
    name,
    ownerId: LARGE_OWNER,
    questions: each(make),
  });
  const frequent = (index: number) => word(FREQUENT + index);
  const middle = (index: number) => word(MIDDLE + index);
  const rare = (index: number) => word(RARE + index);
  const stretch = (index: number, length: number) =>
    text
      .split(/[ .]+/)
      .slice(index, index + length)
      .join(' ');
  return [
    large('a frequent word', frequent),
    large('a middling word', middle),
    large('a rare word', rare),
    large('two frequent words', (index) => `${frequent(index)} ${frequent(index + 1)}`),
    large('three frequent words', (index) => `${frequent(index)} ${frequent(index + 3)} ${frequent(index + 7)}`),
    large('function words alone', (index) => STOP_PHRASES[index % STOP_PHRASES.length] ?? ''),
    large(
      'a sentence',
      (index) => `what is the ${middle(index)} of a ${frequent(index)} that was not ${middle(index + 9)}`,
    ),
    large('a phrase of the text', (index) => `"${stretch(index, 4)}"`),
    large('a phrase of function words', (index) => `"${STOP_PHRASES[index % STOP_PHRASES.length] ?? ''}"`),
    large('a phrase of frequent words', (index) => `"${frequent(index)} ${frequent(index + 1)}"`),
    large('a phrase of function and frequent words', (index) => `"the ${frequent(index)} of"`),
    large('a prefix', (index) => `${middle(index).slice(0, 4)}*`),
    large('an exclusion', (index) => `${middle(index)} -${frequent(index)}`),
    large('alternatives', (index) => `${frequent(index)} OR ${middle(index)}`),
    large('a typo', (index) => misspelled(middle(index))),
    large('a typo beside a frequent word', (index) => `${misspelled(middle(index))} ${frequent(index)}`),
    large('words that are nowhere together', (index) => `${rare(index)} ${rare(index + 40)} ${frequent(index)}`),
    { ...large('a frequent word on some pages', frequent), pages: { from: 20, to: 30 } },
    { ...large('a frequent word on no page', frequent), pages: { from: 2_000, to: 2_010 } },
    { ...large('a frequent word in one document', frequent), isInOneDocument: true },
    { ...large('a frequent word, of few chunks', frequent), ownerId: SMALL_OWNER },
    { ...large('a typo, of few chunks', (index) => misspelled(frequent(index))), ownerId: SMALL_OWNER },
  ];
}

/** A word that only a foreign owner has, and words of the same length that no document has. */
export const ORACLE = { foreign: FOREIGN_WORD, missing: FOREIGN_WORD.replace('foreign', 'missing') };

function misspelled(word: string): string {
  return word.slice(0, 3) + word.slice(4);
}

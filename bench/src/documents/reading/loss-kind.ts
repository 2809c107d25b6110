/** Facts that decide the kind of a document's losses. */
export interface Loss {
  outcome: string;
  /** Share (0 to 1) of the reference's different words that were read at all. */
  distinctRecall: number;
  /** Share (0 to 1) of the reference's characters that were read, however they are divided into words. */
  characterRecall: number;
  /** Words of the reference that were not read. */
  missing: readonly string[];
  /** Words that were read and are not in the reference. */
  added: readonly string[];
  /** Text that the words were compared with. */
  reference: string;
  hasUnmappedFont: boolean;
  /** The share (0 to 1) of the first page that its crop box shows. */
  shownShare: number;
}

/** A share above this is as good as all. */
const MOST = 0.9;
/** A page whose crop box shows less than this share of it hides text. */
const HIDDEN = 0.1;
/** The page that stands in for a form of XFA in readers that know no XFA. */
const XFA_PLACEHOLDER = 'If this message is not eventually replaced by the proper contents of the document';

const RULES: readonly { kind: string; isKind: (loss: Loss) => boolean }[] = [
  {
    kind: 'placeholder of an XFA form',
    isKind: ({ reference }) => reference.replace(/\s+/g, ' ').includes(XFA_PLACEHOLDER),
  },
  {
    kind: 'outside of the crop box',
    isKind: ({ shownShare, added }) => shownShare < HIDDEN && added.length === 0,
  },
  { kind: 'refused', isKind: ({ outcome }) => outcome !== 'done' },
  { kind: 'every word is read, but fewer times', isKind: ({ distinctRecall }) => distinctRecall >= MOST },
  { kind: 'the same characters, divided into other words', isKind: ({ characterRecall }) => characterRecall >= MOST },
  { kind: 'another script is read', isKind: isOtherScript },
  { kind: 'a font has no map to Unicode', isKind: ({ hasUnmappedFont }) => hasUnmappedFont },
];
const OTHER_KIND = 'characters are lost';

/** The kinds of losses, in the order in which they are looked for. */
export const LOSS_KINDS: readonly string[] = [...RULES.map(({ kind }) => kind), OTHER_KIND];

/** The kind of a document's losses: the first whose rule holds. */
export function lossKind(loss: Loss): string {
  return RULES.find(({ isKind }) => isKind(loss))?.kind ?? OTHER_KIND;
}

function isOtherScript({ missing, added }: Loss): boolean {
  const [lost, read] = [scriptOf(missing.join(' ')), scriptOf(added.join(' '))];
  return lost !== undefined && read !== undefined && lost !== read;
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Devanagari',
  'Bengali',
  'Thai',
].map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'gu') }));

/** The script of most letters of a text; undefined if it has none of a known script. */
export function scriptOf(text: string): string | undefined {
  let [most, found]: [number, string | undefined] = [0, undefined];
  for (const { name, letters } of SCRIPTS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [most, found] = [count, name];
  }
  return found;
}

/** Words before a hyphen that belongs to the word (`self-` + `made`). None is a syllable at a line's end. */
const PREFIXES = new Set(
  'all cross half ill non self well world two three twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
);
/** Conjunctions after a hyphen that stands for a later word: `Haus-` + `und Hoftür`. */
const CONJUNCTIONS = new Set(['und', 'oder', 'bzw', 'and', 'or', 'to', 'et', 'ou', 'en', 'of', 'och', 'eller', 'og']);

/** Number of hyphenated words of a document that are remembered. */
const MOST_WORDS = 20_000;

/** Characters at a line's end that are examined. */
const LONGEST_WORD = 100;

const HYPHENATED = /\p{Letter}+(?:[-\u2010]\p{Letter}+)+/gu;
const LINE_END = /(\S*?)(\p{Letter}+|\p{Number}+)[-\u2010]$/u;
const LINE_START = /^(?:\p{Letter}+|\p{Number}+)/u;

/** Scripts without spaces: their lines are joined without a space. */
const UNSPACED =
  /[\u3000-\u30ff\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** A word at a line's end, the text before it without a space, and the word at the start of the next line. */
interface DividedWord {
  token: string;
  word: string;
  next: string;
}

function dividedWord(first: string, second: string): DividedWord | undefined {
  if (!/[-\u2010]/.test(first.at(-1) ?? '')) return undefined;
  const end = LINE_END.exec(first.slice(-LONGEST_WORD));
  const next = LINE_START.exec(second);
  if (end === null || next === null || CONJUNCTIONS.has(next[0])) return undefined;
  return { token: end[1] ?? '', word: end[2] ?? '', next: next[0] };
}

/**
 * Joins lines. A hyphen at a line's end is removed unless it belongs to the word. It belongs if the document writes the
 * word with a hyphen within a line, if it ends a name, a path or another hyphenated word, or after such parts as
 * `self-`.
 */
export class Hyphenation {
  readonly #hyphenated = new Set<string>();

  /** Remembers the hyphenated words within a line. Call it for a page before its lines are joined. */
  learn(line: string): void {
    if (!line.includes('-') && !line.includes('\u2010')) return;
    for (const [word] of line.matchAll(HYPHENATED)) {
      if (this.#hyphenated.size < MOST_WORDS) this.#hyphenated.add(word.replaceAll('\u2010', '-').toLowerCase());
    }
  }

  /** The text of two consecutive lines. */
  join(first: string, second: string): string {
    if (UNSPACED.test(first.at(-1) ?? '') && UNSPACED.test(second.charAt(0))) return first + second;
    if (first.endsWith('\u00ad')) return first.slice(0, -1) + second;
    const divided = dividedWord(first, second);
    if (divided === undefined) return `${first} ${second}`;
    return this.#keepsHyphen(divided) ? first + second : first.slice(0, -1) + second;
  }

  #keepsHyphen({ token, word, next }: DividedWord): boolean {
    const start = word.toLowerCase();
    if (/^[\p{Uppercase}\p{Number}]/u.test(next) || /\p{Number}$/u.test(word) || /[-\u2010/\\_@.\d]/.test(token))
      return true;
    return this.#hyphenated.has(`${start}-${next.toLowerCase()}`) || PREFIXES.has(start);
  }
}

import type { SnippetPart } from '../search-answer.ts';
import type { ChunkMatches, Match } from './find-matches.ts';
import { bestPassage, type Passage } from './best-passage.ts';

/** Longest extract (UTF-16 units), with its ellipses. */
const LONGEST = 300;
/** Longest text before the first match. */
const LONGEST_LEAD_IN = 80;
/** Largest distance (UTF-16 units) by which a cut moves to a place between words. */
const WORD_REACH = 30;
const ELLIPSIS = '…';
/** Text between a heading and the text below it. */
const COLON: SnippetPart = { text: ': ', match: false };

/** The end of a sentence or paragraph, with the space after it. */
const SENTENCE_END = /(?:[.!?…][)\]"'”’»]*\s+|[。！？।؟][」』”’]*\s*|\n\s*\n)/gu;
/** Half of a character, or a sign that belongs to the character before. */
const CONTINUATION = /^(?:\p{M}|\u200d|[\udc00-\udfff])/u;
const CONTROL = /\p{Cc}/gu;

/** The text that an extract is cut from. */
export interface SnippetSource {
  text: string;
  heading?: string | undefined;
  matches: ChunkMatches;
  /** The place in the text to show. Absent: its start. */
  passage?: Passage | undefined;
}

/**
 * Cuts an extract of at most 300 characters around a passage. It begins with the sentence of the first match, or with
 * some words before it. An ellipsis stands where the text continues, and matches are marked. If only the heading
 * matches, the extract shows it before the text.
 */
export function snippetOf({ text, heading, matches, passage }: SnippetSource): SnippetPart[] {
  if (passage !== undefined || heading === undefined || matches.heading.length === 0) {
    return cutOut(text, { matches: matches.text, room: LONGEST, passage });
  }
  const place = { matches: matches.heading, passage: bestPassage(matches.heading) };
  const title = cutOut(heading, { ...place, room: LONGEST });
  const room = LONGEST - lengthOf(title) - COLON.text.length;
  const body = room < LONGEST_LEAD_IN ? [] : cutOut(text, { matches: [], room, passage: undefined });
  return body.length === 0 ? title : joined([...title, COLON, ...body]);
}

interface Cut {
  matches: readonly Match[];
  room: number;
  passage: Passage | undefined;
}

function cutOut(text: string, { matches, room, passage }: Cut): SnippetPart[] {
  const { from, to } = text.length <= room ? { from: 0, to: text.length } : boundsOf(text, room, passage);
  const parts = joined(marked(text, matches, { from, to }));
  const [first, last] = [parts.at(0), parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  first.text = first.text.trimStart();
  last.text = last.text.trimEnd();
  const [before, after] = [from > 0 ? ELLIPSIS : '', to < text.length ? ELLIPSIS : ''];
  return joined([{ text: before, match: false }, ...parts, { text: after, match: false }]);
}

interface Bounds {
  from: number;
  to: number;
}

function boundsOf(text: string, room: number, passage: Passage | undefined): Bounds {
  const length = room - 2 * ELLIPSIS.length;
  const focus = passage?.first ?? { start: 0, end: 0 };
  const leadIn = leadInOf(text, focus.start);
  // Near the text's end there is more room before the match.
  const latest = text.length - length;
  const from = leadIn > latest ? afterSpace(text, Math.max(0, latest), focus.start) : leadIn;
  const to = from + length >= text.length ? text.length : beforeSpace(text, from + length, focus.end);
  return { from, to };
}

/** Offset of the sentence of a match, or of some words before it. */
function leadInOf(text: string, start: number): number {
  if (start <= LONGEST_LEAD_IN) return 0;
  const base = start - LONGEST_LEAD_IN;
  const sentence = [...text.slice(base, start).matchAll(SENTENCE_END)].at(-1);
  if (sentence !== undefined) return base + sentence.index + sentence[0].length;
  return afterSpace(text, base, start);
}

/** The next word's start from `index` on, up to `limit`. In text without spaces, the next character's start. */
function afterSpace(text: string, index: number, limit: number): number {
  if (index === 0) return 0;
  const space = /\s+/.exec(text.slice(index, Math.min(limit, index + WORD_REACH)));
  if (space !== null) return index + space.index + space[0].length;
  let cut = index;
  while (cut < limit && CONTINUATION.test(text.slice(cut, cut + 1))) cut += 1;
  return cut;
}

/** The last word's end up to `index`, down to `limit`. In text without spaces, the last character's end. */
function beforeSpace(text: string, index: number, limit: number): number {
  const base = Math.max(limit, index - WORD_REACH);
  const space = /\s+\S*$/.exec(text.slice(base, index + 1));
  if (space !== null && base <= index) return base + space.index;
  let cut = index;
  while (cut > 0 && CONTINUATION.test(text.slice(cut, cut + 1))) cut -= 1;
  return cut;
}

/** The parts of a stretch: the matches, which may overlap, and the text between them. */
function marked(text: string, matches: readonly Match[], { from, to }: Bounds): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let end = from;
  for (const match of matches.toSorted((one, other) => one.start - other.start)) {
    const [start, stop] = [Math.max(match.start, end), Math.min(match.end, to)];
    if (start >= stop) continue;
    parts.push({ text: text.slice(end, start), match: false }, { text: text.slice(start, stop), match: true });
    end = stop;
  }
  return [...parts, { text: text.slice(end, to), match: false }];
}

/**
 * Removes empty parts and control characters, reduces white space to single spaces, and joins neighbours of one kind.
 */
function joined(parts: readonly SnippetPart[]): SnippetPart[] {
  const whole: SnippetPart[] = [];
  for (const { text, match } of parts) {
    const before = whole.at(-1);
    const shown = shownText(text, before?.text.endsWith(' ') ?? false);
    if (shown === '') continue;
    if (before?.match === match) before.text += shown;
    else whole.push({ text: shown, match });
  }
  return whole;
}

function shownText(text: string, isAfterSpace: boolean): string {
  const shown = text.replace(CONTROL, (sign) => (/\s/.test(sign) ? ' ' : '')).replace(/\s+/g, ' ');
  return isAfterSpace ? shown.trimStart() : shown;
}

function lengthOf(parts: readonly SnippetPart[]): number {
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}

import { headingTrail } from './hit-words.ts';

/** A piece of a page's text from the answer of `document.page`. */
export interface PagePieceView {
  /** The number of its chunk in the document, from 0. */
  ordinal: number;
  heading?: string | undefined;
  headingPath?: readonly string[] | undefined;
  text: string;
  /** Whether the text continues the previous piece without a break. */
  isContinuation: boolean;
  /** Length (UTF-16 units) of the preceding text that its chunk also contains; absent: 0. */
  repeated?: number | undefined;
}

/** The text of a page below one trail of headings. */
export interface Passage {
  /** The headings, outermost first: `Part I › Rivers`; empty: none. */
  trail: string;
  /** The text in parts; the parts of the hit are marked. */
  parts: { text: string; isMarked: boolean }[];
}

/**
 * Joins the pieces of a page into passages. A piece that is no continuation begins a new paragraph.
 * @param hit the number of the chunk that a search found; undefined: none.
 */
export function passagesOf(pieces: readonly PagePieceView[], hit?: number): Passage[] {
  const passages: Passage[] = [];
  for (const { piece, markedFrom } of withMarks(pieces, hit)) {
    const trail = headingTrail(piece);
    const last = passages.at(-1);
    const isSame = last?.trail === trail;
    const parts = isSame ? last.parts : [];
    if (!isSame) passages.push({ trail, parts });
    else if (!piece.isContinuation) parts.push({ text: '\n\n', isMarked: false });
    parts.push(
      { text: piece.text.slice(0, markedFrom), isMarked: false },
      { text: piece.text.slice(markedFrom), isMarked: true },
    );
  }
  return passages.map(({ trail, parts }) => ({ trail, parts: parts.filter(({ text }) => text !== '') }));
}

interface MarkedPiece {
  piece: PagePieceView;
  /** Offset (UTF-16 units) at which the hit begins. */
  markedFrom: number;
}

/** Finds the text of the hit: its own piece, and the ends of earlier pieces that its chunk also contains. */
function withMarks(pieces: readonly PagePieceView[], hit: number | undefined): MarkedPiece[] {
  const marked = pieces.map((piece) => ({ piece, markedFrom: piece.ordinal === hit ? 0 : piece.text.length }));
  const index = pieces.findIndex(({ ordinal }) => ordinal === hit);
  let repeated = pieces[index]?.repeated ?? 0;
  for (const entry of marked.slice(0, Math.max(0, index)).reverse()) {
    const { length } = entry.piece.text;
    entry.markedFrom = Math.max(0, length - repeated);
    repeated -= length - entry.markedFrom;
  }
  return marked;
}

/** The chunks of one request: at most `limit`, from the chunk `from` on. */
export interface TextRange {
  from: number;
  limit: number;
}

/** Largest number of chunks in one request. */
const MOST_CHUNKS = 60;

/** Number of chunks shown above a hit. An ordinary page has fewer, so it is shown from its beginning. */
const LEAD_CHUNKS = 20;

/** The first range: it begins shortly before the hit, because a page may be long. */
export function firstRange(ordinal = 0): TextRange {
  return { from: Math.max(0, ordinal - LEAD_CHUNKS), limit: MOST_CHUNKS };
}

/** The range before another one, which must not begin with the first chunk. */
export function rangeBefore({ from }: TextRange): TextRange {
  const start = Math.max(0, from - MOST_CHUNKS);
  return { from: start, limit: from - start };
}

/** The range that begins with the chunk `nextOrdinal`. */
export function rangeFrom(nextOrdinal: number): TextRange {
  return { from: nextOrdinal, limit: MOST_CHUNKS };
}

import { headingTrail } from './hit-words.ts';

/** A stretch of a page's text, as `document.page` answers it. */
export interface PagePieceView {
  /** The number of its chunk in the document, from 0. */
  ordinal: number;
  heading?: string | undefined;
  headingPath?: readonly string[] | undefined;
  text: string;
  /** Whether the text goes on where the piece before ends. */
  isContinuation: boolean;
  /** Length of the text before it (UTF-16 units) that its chunk holds, too; absent: 0. */
  repeated?: number | undefined;
}

/** A text of a page under the same headings. */
export interface Passage {
  /** The headings, outermost first: `Part I › Rivers`; empty: none. */
  trail: string;
  /** Parts in order; put together they are the text. The hit is marked. */
  parts: { text: string; isMarked: boolean }[];
}

/**
 * Puts the pieces of a page together to passages; pieces that do not go on are a paragraph apart.
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
  /** Offset (UTF-16 units) of the part that the hit holds. */
  markedFrom: number;
}

/** Finds the text of the hit: its own piece, and the ends of pieces before that its chunk holds, too. */
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

/** Chunks of a page that are asked for together: from the chunk `from` on, at most `limit`. */
export interface TextRange {
  from: number;
  limit: number;
}

/** Largest number of chunks that are asked for together. */
const MOST_CHUNKS = 60;

/** Chunks above a hit that are shown with it: an ordinary page is shown from its beginning. */
const LEAD_CHUNKS = 20;

/** The range to begin with: a page may be long, so it is shown from some way before the hit. */
export function firstRange(ordinal = 0): TextRange {
  return { from: Math.max(0, ordinal - LEAD_CHUNKS), limit: MOST_CHUNKS };
}

/** The range before another one that does not begin with the first chunk. */
export function rangeBefore({ from }: TextRange): TextRange {
  const start = Math.max(0, from - MOST_CHUNKS);
  return { from: start, limit: from - start };
}

/** The range that begins with the chunk `nextOrdinal`. */
export function rangeFrom(nextOrdinal: number): TextRange {
  return { from: nextOrdinal, limit: MOST_CHUNKS };
}

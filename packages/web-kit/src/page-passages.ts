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
}

/** Pieces of a page under the same headings. */
export interface Passage {
  /** The headings, outermost first: `Part I › Rivers`; empty: none. */
  trail: string;
  /** Texts in order; put together they are the passage. */
  texts: { ordinal: number; text: string }[];
}

/** Puts the pieces of a page together to passages; pieces that do not go on are a paragraph apart. */
export function passagesOf(pieces: readonly PagePieceView[]): Passage[] {
  const passages: Passage[] = [];
  for (const piece of pieces) {
    const trail = headingTrail(piece);
    const last = passages.at(-1);
    const { ordinal } = piece;
    if (last?.trail === trail)
      last.texts.push({ ordinal, text: piece.isContinuation ? piece.text : `\n\n${piece.text}` });
    else passages.push({ trail, texts: [{ ordinal, text: piece.text }] });
  }
  return passages;
}

/** Chunks of a page that are asked for together: from the chunk `from` on, at most `limit`. */
export interface TextRange {
  from: number;
  limit: number;
}

/** Largest number of chunks that are asked for together. */
const MOST_CHUNKS = 60;

/** Chunks above a hit that are shown with it. */
const LEAD_CHUNKS = 3;

/**
 * The range to begin with. A page of many is shown from its beginning; a document of one page may be long, so it is
 * shown from a little before the hit.
 */
export function firstRange({ pages, ordinal = 0 }: { pages: number; ordinal?: number | undefined }): TextRange {
  return { from: pages > 1 ? 0 : Math.max(0, ordinal - LEAD_CHUNKS), limit: MOST_CHUNKS };
}

/** The range before another one; undefined if that begins with the first chunk. */
export function rangeBefore({ from }: TextRange): TextRange | undefined {
  const start = Math.max(0, from - MOST_CHUNKS);
  return from === 0 ? undefined : { from: start, limit: from - start };
}

/** The range that begins with the chunk `nextOrdinal`. */
export function rangeFrom(nextOrdinal: number): TextRange {
  return { from: nextOrdinal, limit: MOST_CHUNKS };
}

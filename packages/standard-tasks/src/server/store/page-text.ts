/** The text of a chunk, with its place in the document. */
export interface PlacedText {
  text: string;
  /** The page on which the text begins. */
  page: number;
  /** Offsets (UTF-16 units) at which the pages after `page` begin. */
  pageStarts: readonly number[];
  /** Length of the beginning (UTF-16 units) that the chunk before holds, too. */
  overlap: number;
}

/** The part that a chunk adds to the text of a page. */
export interface PageText {
  /** The part that stands on the page and in no earlier chunk; empty if nothing is left. */
  text: string;
  /** Whether the text goes on where the text before it on the page ends. */
  isContinuation: boolean;
  /** Length of the page's text before it (UTF-16 units) that the chunk holds, too. */
  repeated: number;
}

/** Cuts out of a chunk the part that stands on one page. */
export function pageText(chunk: PlacedText, page: number): PageText {
  const { text, pageStarts, overlap } = chunk;
  const index = page - chunk.page;
  const start = index === 0 ? 0 : (pageStarts[index - 1] ?? text.length);
  const end = Math.max(start, pageStarts[index] ?? text.length);
  const from = Math.min(end, Math.max(start, overlap));
  return { text: text.slice(from, end), isContinuation: overlap > start, repeated: from - start };
}

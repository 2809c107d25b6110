/** Where a chunk's text stands. */
export interface PlacedText {
  text: string;
  /** The page on which the text begins. */
  page: number;
  /** Offsets (UTF-16 units) at which the pages after `page` begin. */
  pageStarts: readonly number[];
  /** How much of the beginning (UTF-16 units) the chunk before holds, too. */
  overlap: number;
}

/**
 * Cuts out of a chunk what stands on one page and in no earlier chunk.
 * @returns an empty text if nothing is left; whether it goes on where the text before it on the page ends.
 */
export function pageText(chunk: PlacedText, page: number): { text: string; isContinuation: boolean } {
  const { text, pageStarts, overlap } = chunk;
  const index = page - chunk.page;
  const start = index === 0 ? 0 : (pageStarts[index - 1] ?? text.length);
  const end = pageStarts[index] ?? text.length;
  const from = Math.max(start, overlap);
  return { text: text.slice(from, Math.max(from, end)), isContinuation: overlap > start };
}

/**
 * The cause of a page border: a break in the text, a new slide, a paragraph's style, or the layout of the program that
 * saved the file.
 */
export type PageBorder = 'break' | 'slide' | 'style' | 'program';

/** A piece of a document's text in reading order. */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** A row of a table on one line. */
  | { kind: 'row'; text: string }
  /** Level 0 is a document's title, 1 the first level below it. */
  | { kind: 'heading'; text: string; level: number }
  /** The border of two pages. */
  | { kind: 'page'; by: PageBorder };

/** Takes the blocks of a document in their order. */
export interface BlockSink {
  add(block: Block): void;
}

/** Text between two cells of a row. */
export const CELL_SEPARATOR = ' | ';

/** The text of blocks on one line. */
export function lineOf(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => (block.kind === 'page' ? [] : [block.text.trim()]))
    .filter((text) => text !== '')
    .join(' ');
}

/** A row on one line. Empty cells at its end are left out. */
export function rowOf(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.replace(/\s+/g, ' ').trim())
    .join(CELL_SEPARATOR)
    .replace(/(?:\s*\|\s*)+$/, '')
    .trim();
}

import type { FlowingText } from './flowing-text.ts';
import type { OpenElements } from './open-elements.ts';
import { BLOCKS } from './elements.ts';

/** Keeps each row of a table on one line, with bars between its cells. */
export class TableRows {
  readonly #flow: FlowingText;
  #hasText = { row: false, cell: false };

  constructor(flow: FlowingText) {
    this.#flow = flow;
  }

  isInCell(open: OpenElements): boolean {
    return open.isOpen('td') || open.isOpen('th');
  }

  onText(): void {
    this.#hasText = { row: true, cell: true };
  }

  /**
   * Separates the texts of a table.
   * @returns true if it separated them; false for an element outside of tables and cells.
   */
  separate(name: string, { open, isEnd }: { open: OpenElements; isEnd: boolean }): boolean {
    if (name === 'td' || name === 'th') {
      if (!isEnd) this.#startCell();
      return true;
    }
    if (name === 'tr') {
      this.#hasText = { row: false, cell: false };
      this.#flow.separate('\n');
      return true;
    }
    if (!this.isInCell(open) || !BLOCKS.has(name)) return false;
    // A paragraph at the start or the end of a cell does not break the row.
    if (this.#hasText.cell) this.#flow.separate('\n');
    return true;
  }

  #startCell(): void {
    if (this.#hasText.row) this.#flow.separateBy(' | ');
    this.#hasText.cell = false;
  }
}

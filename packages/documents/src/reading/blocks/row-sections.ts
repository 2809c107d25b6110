import type { SectionCollector } from '../section-collector.ts';
import { rowOf } from './block.ts';

const NUMBER = /^[\s\p{Sc}+-]*\d[\d\s.,:/%-]*\p{Sc}?\s*$/u;

/**
 * Puts rows of a table into sections, one line per row. Values stand side by side without column names, so that a
 * phrase across two cells is found. The header row becomes the heading, so that each chunk has it.
 */
export class RowSections {
  readonly #collector: SectionCollector;
  readonly #level: number;
  #hasHeader = false;

  constructor(collector: SectionCollector, level: number) {
    this.#collector = collector;
    this.#level = level;
  }

  add(cells: readonly string[]): void {
    const line = rowOf(cells);
    if (line === '') return;
    const filled = cells.filter((cell) => cell.trim() !== '');
    if (!this.#hasHeader && filled.length > 1) {
      this.#hasHeader = true;
      if (isHeader(filled)) this.#collector.startHeading(line, this.#level);
    }
    this.#collector.add(`${line}\n`);
  }
}

/** Column names are words, and each occurs once. */
function isHeader(cells: readonly string[]): boolean {
  return new Set(cells).size === cells.length && !cells.some((cell) => NUMBER.test(cell));
}

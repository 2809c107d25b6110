import { lineOf, rowOf, type Block, type BlockSink } from './block.ts';

/** Longest cell (characters) of a table row. A row with a longer cell is layout, not a line. */
const LONGEST_CELL = 1_000;

/** A table that is being read: the finished cells of its row, and the blocks of the open cell. */
interface OpenTable {
  cells: Block[][];
  cell: Block[];
}

/**
 * Turns table rows into lines of text. Blocks outside of tables pass through unchanged. Rows of a nested table become
 * text of the outer cell. A row is layout if it has a heading, a long cell, or at most one cell with text. Blocks of a
 * layout row pass through one by one.
 */
export class TableBlocks implements BlockSink {
  readonly #sink: BlockSink;
  readonly #tables: OpenTable[] = [];

  constructor(sink: BlockSink) {
    this.#sink = sink;
  }

  add(block: Block): void {
    const table = this.#tables.at(-1);
    if (table === undefined) this.#sink.add(block);
    else table.cell.push(block);
  }

  startTable(): void {
    this.#tables.push({ cells: [], cell: [] });
  }

  endTable(): void {
    this.endRow();
    this.#tables.pop();
  }

  endCell(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    table.cells.push(table.cell);
    table.cell = [];
  }

  /** Drops the row that is being read, because it is deleted. */
  dropRow(): void {
    const table = this.#tables.at(-1);
    if (table !== undefined) Object.assign(table, { cells: [], cell: [] } satisfies OpenTable);
  }

  endRow(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (table.cell.length > 0) this.endCell();
    const { cells } = table;
    table.cells = [];
    this.#tables.pop();
    for (const block of blocksOfRow(cells)) this.add(block);
    this.#tables.push(table);
  }
}

function blocksOfRow(cells: Block[][]): Block[] {
  const filled = cells.filter((cell) => lineOf(cell) !== '');
  if (filled.length <= 1 || filled.some(isLayout)) return cells.flat();
  // If a row crosses a page border, each of its cells contains that border.
  const borders = cells.map((cell) => cell.filter((block) => block.kind === 'page'));
  const most = borders.reduce((longest, border) => (border.length > longest.length ? border : longest), []);
  return [{ kind: 'row', text: rowOf(cells.map(lineOf)) }, ...most];
}

function isLayout(cell: readonly Block[]): boolean {
  return cell.some((block) => block.kind === 'heading') || lineOf(cell).length > LONGEST_CELL;
}

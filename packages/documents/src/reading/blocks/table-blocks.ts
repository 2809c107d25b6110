import { lineOf, rowOf, type Block, type BlockSink } from './block.ts';

/** A cell with more text (characters) than this is layout: its row is no line. */
const LONGEST_CELL = 1_000;

/** A table that is being read: the finished cells of its row, and the blocks of the open cell. */
interface OpenTable {
  cells: Block[][];
  cell: Block[];
}

/**
 * Turns rows of tables into lines of text; blocks outside of tables pass through. Rows of a table in a cell become
 * text of the cell. A row that is one cell, holds a heading or a long cell is layout: its blocks stand one by one.
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

  /** Ends a cell, `copies` times (cells that repeat). */
  endCell(copies = 1): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    const { cell } = table;
    for (let copy = 0; copy < copies; copy += 1) table.cells.push(cell);
    table.cell = [];
  }

  /** Leaves out the row that is being read: it is deleted. */
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
  // A border of pages that runs through a row shows in each of its cells.
  const borders = cells.map((cell) => cell.filter((block) => block.kind === 'page'));
  const most = borders.reduce((longest, border) => (border.length > longest.length ? border : longest), []);
  return [{ kind: 'row', text: rowOf(cells.map(lineOf)) }, ...most];
}

function isLayout(cell: readonly Block[]): boolean {
  return cell.some((block) => block.kind === 'heading') || lineOf(cell).length > LONGEST_CELL;
}

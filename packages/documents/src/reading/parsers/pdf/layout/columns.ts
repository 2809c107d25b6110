import type { Row, Segment } from './rows.ts';

/** Rows in reading order: a column, or the rows between two stretches of columns. */
export type Block = Row[];

interface Interval {
  from: number;
  to: number;
}

/** Narrowest gap between columns (parts of the usual size). */
const GUTTER = 0.9;
/** Fewest rows of a column of running text; fewest words and characters of its rows on average. */
const PROSE = { rows: 3, words: 3, characters: 14, ideographs: 8 };
/** Number of common gaps above which rows are a table. */
const MOST_GUTTERS = 12;
/** Largest depth of columns within columns. */
const DEEPEST = 3;

const IDEOGRAPHS = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;

/** The parts of an area that a row leaves free. */
function freeOf(segments: readonly Segment[], area: Interval): Interval[] {
  const free: Interval[] = [];
  let { from } = area;
  for (const segment of segments) {
    if (segment.start > from) free.push({ from, to: segment.start });
    from = Math.max(from, segment.end);
  }
  if (from < area.to) free.push({ from, to: area.to });
  return free;
}

function commonOf(first: readonly Interval[], second: readonly Interval[], narrowest: number): Interval[] {
  const common: Interval[] = [];
  let [left, right] = [0, 0];
  for (let a = first[left], b = second[right]; a !== undefined && b !== undefined; a = first[left], b = second[right]) {
    const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
    if (to - from >= narrowest) common.push({ from, to });
    if (a.to < b.to) left += 1;
    else right += 1;
  }
  return common;
}

/** Consecutive rows that leave the same gaps free. `gutters` is empty if one side has no text. */
interface Band {
  rows: Row[];
  gutters: Interval[];
}

function bandsOf(rows: readonly Row[], area: Interval, narrowest: number): Band[] {
  const bands: Band[] = [];
  for (const row of rows) {
    const free = freeOf(row.segments, area).filter(({ from, to }) => to - from >= narrowest);
    const last = bands.at(-1);
    const common = last === undefined ? [] : commonOf(last.gutters, free, narrowest);
    if (last !== undefined && common.length > 0) {
      last.rows.push(row);
      last.gutters = common;
    } else {
      bands.push({ rows: [row], gutters: free });
    }
  }
  return bands;
}

/** The columns of a band: its segments on either side of its gutters. */
function divide({ rows, gutters }: Band): Block[] {
  const columns = new Map<number, Block>();
  for (const row of rows) {
    const parts = new Map<number, Segment[]>();
    for (const segment of row.segments) {
      const column = gutters.filter(({ from }) => from < segment.start).length;
      parts.set(column, [...(parts.get(column) ?? []), segment]);
    }
    for (const [column, segments] of parts) {
      const size = Math.max(...segments.map((segment) => segment.size));
      const rowsOfColumn = columns.get(column) ?? [];
      columns.set(column, rowsOfColumn);
      rowsOfColumn.push({ segments, y: segments[0]?.y ?? row.y, size });
    }
  }
  return [...columns].sort(([left], [right]) => left - right).map(([, column]) => column);
}

function isProse(column: Block): boolean {
  if (column.length < PROSE.rows) return false;
  let [characters, words, ideographs] = [0, 0, 0];
  for (const { segments } of column) {
    for (const { runs } of segments) {
      const text = runs.map((run) => run.text).join(' ');
      characters += text.length;
      words += text.trim().split(/\s+/).length;
      ideographs += text.match(IDEOGRAPHS)?.length ?? 0;
    }
  }
  if (ideographs >= column.length * PROSE.ideographs) return true;
  return characters >= column.length * PROSE.characters && words >= column.length * PROSE.words;
}

/** Gutters with running text on both sides. Other text (list numbers, table cells) stays with its neighbour. */
function realGutters(band: Band): Interval[] {
  if (band.gutters.length > MOST_GUTTERS) return [];
  let { gutters } = band;
  for (;;) {
    const columns = divide({ ...band, gutters });
    if (columns.length < 2) return [];
    const odd = columns.findIndex((column) => !isProse(column));
    if (odd === -1) return gutters;
    const inner = gutters.filter((gutter) => hasBothSides(band.rows, gutter));
    const removed = inner[Math.min(odd, inner.length - 1)];
    gutters = inner.filter((gutter) => gutter !== removed);
  }
}

function hasBothSides(rows: readonly Row[], { from, to }: Interval): boolean {
  const middle = (from + to) / 2;
  const segments = rows.flatMap((row) => row.segments);
  return segments.some(({ end }) => end <= middle) && segments.some(({ start }) => start >= middle);
}

function areaOf(rows: readonly Row[]): Interval {
  let [from, to] = [Infinity, -Infinity];
  for (const { segments } of rows) {
    for (const { start, end } of segments) {
      from = Math.min(from, start);
      to = Math.max(to, end);
    }
  }
  return { from, to };
}

function usualSize(rows: readonly Row[]): number {
  const sizes = rows.map((row) => row.size).sort((first, second) => first - second);
  return sizes[Math.floor(sizes.length / 2)] ?? 1;
}

function columnsOf(band: Band, isFromRight: boolean): Block[] {
  const gutters = realGutters(band);
  if (gutters.length === 0) return [];
  const columns = divide({ ...band, gutters });
  return isFromRight ? columns.reverse() : columns;
}

/** The rows of a page (from top to bottom) in reading order, column by column. */
export function blocksOf(rows: readonly Row[], isFromRight: boolean, depth = 0): Block[] {
  const blocks: Block[] = [];
  let plain: Block | undefined;
  for (const band of bandsOf(rows, areaOf(rows), usualSize(rows) * GUTTER)) {
    const columns = depth < DEEPEST ? columnsOf(band, isFromRight) : [];
    if (columns.length > 0) {
      plain = undefined;
      for (const column of columns) blocks.push(...blocksOf(column, isFromRight, depth + 1));
    } else {
      if (plain === undefined) blocks.push((plain = []));
      plain.push(...band.rows);
    }
  }
  return blocks;
}

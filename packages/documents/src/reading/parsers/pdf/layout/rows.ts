import type { TextRun } from '../text/text-run.ts';

/** Runs beside each other on one line, without a wide gap: part of a line, or a cell of a table. */
export interface Segment {
  runs: TextRun[];
  start: number;
  end: number;
  y: number;
  size: number;
}

/** All segments at one height, from left to right. */
export interface Row {
  segments: Segment[];
  y: number;
  size: number;
}

/** Runs are apart if a gap is wider than this (parts of the size). */
const WIDE_GAP = 0.9;
/** Runs may overlap by this much (parts of the size) and still follow one another. */
const OVERLAP = 0.4;
/** A letter takes at least this much of a line (parts of the size). */
const NARROWEST_LETTER = 0.2;
/** The width (parts of the size) that a font states for a letter at most. */
const WIDEST_LETTER = 1;
/** Letters of a run at whose end another run may stand. */
const MOST_LETTERS = 4;
/** A run may stand this much higher or lower (parts of the size) than the one before: superscripts. */
const RISE = 0.5;
/** Segments of a row may stand this much higher or lower (parts of the smaller size). */
const ROW_RISE = 0.3;
/** A segment that begins this close (parts of the size) to one with the same text is its copy. */
const COPY_DISTANCE = 0.15;

function isAdjacent(left: Segment | TextRun, right: Segment | TextRun): boolean {
  const gap = right.start - left.end;
  const size = Math.max(left.size, right.size);
  if (gap > size * WIDE_GAP) return false;
  return gap >= -size * OVERLAP || isWideLetter(left, right);
}

/**
 * Letters that are shown one by one, or a few at a time, follow one another also where their font says that they are
 * wider than they are.
 */
function isWideLetter(left: Segment | TextRun, right: Segment | TextRun): boolean {
  const last = 'runs' in left ? left.runs.at(-1) : left;
  const first = 'runs' in right ? right.runs[0] : right;
  if (last === undefined || first === undefined || last.text.length > MOST_LETTERS) return false;
  const size = Math.max(last.size, first.size);
  if (last.end - first.start > size * WIDEST_LETTER) return false;
  return first.start - last.start >= size * NARROWEST_LETTER * last.text.length;
}

/** Height and size of a segment are those of its longest run. */
function segmentOf(runs: TextRun[]): Segment {
  let longest: TextRun | undefined;
  let [start, end] = [Infinity, -Infinity];
  for (const run of runs) {
    if (longest === undefined || run.text.length > longest.text.length) longest = run;
    start = Math.min(start, run.start);
    end = Math.max(end, run.end);
  }
  return { runs, start, end, y: longest?.y ?? 0, size: longest?.size ?? 1 };
}

/** Puts runs together that were drawn one after the other on a line. */
function chain(runs: readonly TextRun[]): Segment[] {
  const segments: Segment[] = [];
  let open: TextRun[] = [];
  let last: TextRun | undefined;
  for (const run of runs) {
    const isNext =
      last !== undefined && Math.abs(run.y - last.y) <= Math.max(run.size, last.size) * RISE && isAdjacent(last, run);
    if (!isNext && open.length > 0) {
      segments.push(segmentOf(open));
      open = [];
    }
    open.push(run);
    last = run;
  }
  if (open.length > 0) segments.push(segmentOf(open));
  return segments;
}

const plainText = (segment: Segment) => segment.runs.map((run) => run.text).join('');

function isCopy(segment: Segment, other: Segment): boolean {
  return (
    Math.abs(segment.start - other.start) < segment.size * COPY_DISTANCE && plainText(segment) === plainText(other)
  );
}

/** Puts segments together that follow one another; the text may have been drawn in any order. */
function mergeSegments(segments: Segment[]): Segment[] {
  if (segments.length < 2) return segments;
  const merged: Segment[] = [];
  for (const segment of segments.sort((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last !== undefined && isCopy(segment, last)) continue;
    if (last !== undefined && isAdjacent(last, segment)) {
      merged[merged.length - 1] = segmentOf([...last.runs, ...segment.runs]);
    } else {
      merged.push(segment);
    }
  }
  return merged;
}

/** The rows of a page, from top to bottom, in whatever order they were drawn. */
export function rowsOf(runs: readonly TextRun[]): Row[] {
  const rows: Row[] = [];
  for (const segment of chain(runs).sort((first, second) => second.y - first.y)) {
    const row = rows.at(-1);
    if (row !== undefined && row.y - segment.y <= Math.min(row.size, segment.size) * ROW_RISE) {
      row.segments.push(segment);
      row.size = Math.max(row.size, segment.size);
    } else {
      rows.push({ segments: [segment], y: segment.y, size: segment.size });
    }
  }
  for (const row of rows) row.segments = mergeSegments(row.segments);
  return rows;
}

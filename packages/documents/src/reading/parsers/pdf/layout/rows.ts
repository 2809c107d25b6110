import type { TextRun } from '../text/text-run.ts';

/** Runs side by side on one line without a wide gap: part of a line, or a table cell. */
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

/** Gap (parts of the size) above which runs are separate. */
const WIDE_GAP = 0.9;
/** Overlap (parts of the size) up to which runs still follow each other. */
const OVERLAP = 0.4;
/** Smallest width (parts of the size) of a letter on a line. */
const NARROWEST_LETTER = 0.2;
/** Largest width (parts of the size) that a font states for a letter. */
const WIDEST_LETTER = 1;
/** Letters of a run at whose end another run may stand. */
const MOST_LETTERS = 4;
/** Height difference (parts of the size) up to which a run continues the one before: superscripts. */
const RISE = 0.5;
/** Height difference (parts of the smaller size) between the segments of a row. */
const ROW_RISE = 0.3;
/** Distance (parts of the size) up to which a segment with the same text is a copy. */
const COPY_DISTANCE = 0.15;

function isAdjacent(left: Segment | TextRun, right: Segment | TextRun): boolean {
  const gap = right.start - left.end;
  const size = Math.max(left.size, right.size);
  if (gap > size * WIDE_GAP) return false;
  return gap >= -size * OVERLAP || isWideLetter(left, right);
}

/** Letters drawn one by one, or a few at a time, follow each other even if their font states too large widths. */
function isWideLetter(left: Segment | TextRun, right: Segment | TextRun): boolean {
  const last = 'runs' in left ? left.runs.at(-1) : left;
  const first = 'runs' in right ? right.runs[0] : right;
  if (last === undefined || first === undefined || last.text.length > MOST_LETTERS) return false;
  const size = Math.max(last.size, first.size);
  if (last.end - first.start > size * WIDEST_LETTER) return false;
  return first.start - last.start >= size * NARROWEST_LETTER * last.text.length;
}

/** A segment has the height and size of its longest run. */
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

/** Joins runs that were drawn one after the other on a line. */
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

/** Joins segments that follow each other. The text may have been drawn in any order. */
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

/** The rows of a page, from top to bottom, for any drawing order. */
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

import type { TextRun } from './text-run.ts';

/** Distance (parts of the size) up to which the same text is a copy, drawn again to look bold. */
const COPY_DISTANCE = 0.15;
/** The same distance from a run whose beginning is estimated. */
const ESTIMATE_DISTANCE = 0.3;
/** Width of a space, in letters. */
const SPACE_WIDTH = 0.55;
/** Number of earlier runs that are compared. */
const COPIES_BACK = 4;

/** The part of a run that no earlier run shows at the same place. Undefined if an earlier run shows all of it. */
export function newPartOf(run: TextRun, runs: readonly TextRun[]): TextRun | undefined {
  const near = run.size * COPY_DISTANCE;
  for (let back = 1; back <= COPIES_BACK; back += 1) {
    const other = runs[runs.length - back];
    if (other === undefined) return run;
    if (Math.abs(other.y - run.y) >= near) continue;
    const isAtStart = isSameStart(other, run);
    if (isAtStart && other.text === run.text) return undefined;
    if (run.isRightToLeft) continue;
    if (isAtStart && run.text.startsWith(other.text)) return newPartOf(behind(run, other), runs);
    if (isEndOf(other, run, near)) return undefined;
  }
  return run;
}

function isSameStart(other: TextRun, run: TextRun): boolean {
  const distance = other.isStartEstimated === true ? ESTIMATE_DISTANCE : COPY_DISTANCE;
  return Math.abs(other.start - run.start) < run.size * distance;
}

/** The rest of a run that begins with the text of `other`. A space in front takes its share of the width. */
function behind(run: TextRun, { text, end }: TextRun): TextRun {
  const rest = run.text.slice(text.length);
  const shown = rest.trimStart();
  const spaces = rest.length - shown.length;
  const start = run.end - ((run.end - end) * shown.length) / (shown.length + spaces * SPACE_WIDTH);
  return { ...run, text: shown, start, isSpaced: spaces > 0, isStartEstimated: true };
}

function isEndOf(other: TextRun, run: TextRun, near: number): boolean {
  return (
    Math.abs(other.end - run.end) < near &&
    run.start > other.start &&
    run.end > run.start &&
    other.text.endsWith(run.text)
  );
}

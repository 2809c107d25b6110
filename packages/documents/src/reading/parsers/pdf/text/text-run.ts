/** A text that a page shows at one place in one operation. Coordinates are those of its frame. */
export interface TextRun {
  text: string;
  /** Beginning and end along its line (points). */
  start: number;
  end: number;
  /** The start is an estimate from the number of characters. */
  isStartEstimated?: boolean;
  /** Its height (points); larger is further up. */
  y: number;
  /** The size of its font (points). */
  size: number;
  isRightToLeft: boolean;
  /** White space precedes it on the page. */
  isSpaced: boolean;
}

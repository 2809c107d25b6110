/**
 * What every published event carries in its payload (a progress event in `itemName`, a token event in `text`), so that
 * a watcher can tell which event it has and how old it is by looking at bytes only.
 */
export const STAMP_MARK = 'bench~';
const NUMBER_DIGITS = 7;
const CLOCK_DIGITS = 17;
export const STAMP_LENGTH = STAMP_MARK.length + NUMBER_DIGITS + 1 + CLOCK_DIGITS + 1;

/** Offsets of a stamp's parts. */
export const NUMBER_AT = STAMP_MARK.length;
export const CLOCK_AT = NUMBER_AT + NUMBER_DIGITS + 1;

/**
 * Always of the same length: `bench~0000012~1763786912345.123;`
 * @param eventNumber counts a publisher's events over all its calls: 1, 2, 3, …
 * @param epochMs when the event is published, of `fineClock()`.
 */
export function stamp(eventNumber: number, epochMs: number): string {
  return `${STAMP_MARK}${String(eventNumber).padStart(NUMBER_DIGITS, '0')}~${epochMs.toFixed(3)};`;
}

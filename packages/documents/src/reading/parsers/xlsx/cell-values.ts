/** Formats of dates and times that every workbook has: ECMA-376, part 1, 18.8.30. */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const DAY_MS = 86_400_000;
/** Day 0 of dates in workbooks. They count a 29 February 1900, which did not exist. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** Day 0 of workbooks from old Macs, whose first year is 1904. */
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);

/** Days from day 0 to the year 9999. A larger number is not a date. */
const MOST_DAYS = 2_958_466;

/** Whether a number format shows a date. Letters in quotes, in brackets or after a backslash do not count. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')) && !/^general$/i.test(code);
}

/** A date as `2026-11-27` or `2026-11-27 10:30`. A number that is not a date stays as it is. */
export function dateOf(value: string, startsIn1904: boolean): string {
  const days = Number(value);
  if (value === '' || !(Math.abs(days) < MOST_DAYS)) return value;
  const time = (startsIn1904 ? DAY_ZERO_1904 : DAY_ZERO) + Math.round((days * DAY_MS) / 1_000) * 1_000;
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  if (days >= 0 && days < 1) return clock.slice(0, 5);
  return Number.isInteger(days) ? date : `${date} ${clock.slice(0, 5)}`;
}

/** A number as people write it, without the errors of binary fractions. */
export function numberOf(value: string): string {
  const number = Number(value);
  return value === '' || !Number.isFinite(number) ? value : String(Number(number.toPrecision(15)));
}

/** The column (0-based) of a cell's reference such as `AB12`. */
export function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/i.exec(reference)?.[0]?.toUpperCase();
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

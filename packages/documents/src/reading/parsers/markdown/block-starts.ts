/** Starts of blocks, each in a line without its indentation: CommonMark, sections 4 and 5. */
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const BREAK = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const FENCE = /^(`{3,})[^`]*$|^(~{3,})/;
const BULLET = /^[*+-](?=[ \t]|$)/;
const ORDERED = /^(\d{1,9})[.)](?=[ \t]|$)/;
const FOOTNOTE = /^\[\^([^\]\s[]{1,200})\]:[ \t]*/;
const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Columns of indentation that make a line code. */
export const CODE_INDENT = 4;
/** Longest line (characters) that can be a table row. */
const LONGEST_ROW = 262_144;

export function headingOf(text: string): { level: number; text: string } | undefined {
  const mark = HEADING.exec(text);
  if (mark?.[1] === undefined) return undefined;
  return { level: mark[1].length, text: withoutEnd(text.slice(mark[0].length)) };
}

/** A heading may end with number signs. The search starts at the end, so that the time is linear. */
function withoutEnd(text: string): string {
  const trimmed = text.trimEnd();
  if (!trimmed.endsWith('#')) return trimmed;
  let start = trimmed.length;
  while (start > 0 && trimmed[start - 1] === '#') start -= 1;
  return start === 0 || /[ \t]/.test(trimmed.charAt(start - 1)) ? trimmed.slice(0, start).trimEnd() : trimmed;
}

/** The level of an underlined heading, by its underline. */
export function underlineLevel(text: string): number | undefined {
  if (/^=+[ \t]*$/.test(text)) return 1;
  return /^-+[ \t]*$/.test(text) ? 2 : undefined;
}

export function isThematicBreak(text: string): boolean {
  return BREAK.test(text);
}

/** The marker of fenced code: the whole run of backticks or tildes. */
export function fenceOf(text: string): string | undefined {
  const [, backticks, tildes] = FENCE.exec(text) ?? [];
  return backticks ?? tildes;
}

/** A list item's marker. Only ordered lists have a `number`. */
export function listMarkerOf(text: string): { length: number; number?: string } | undefined {
  if (BULLET.test(text)) return { length: 1 };
  const number = ORDERED.exec(text)?.[1];
  return number === undefined ? undefined : { length: number.length + 1, number };
}

/** A footnote's label, and the length of its marker. */
export function footnoteOf(text: string): { label: string; length: number } | undefined {
  const found = FOOTNOTE.exec(text);
  return found?.[1] === undefined ? undefined : { label: found[1], length: found[0].length };
}

/** Whether two lines begin a table: a header row, then a row of dashes with as many cells. */
export function isTableStart(header: string, delimiters: string): boolean {
  if (!delimiters.includes('|') || delimiters.length > LONGEST_ROW || header.length > LONGEST_ROW) return false;
  return DELIMITER_ROW.test(delimiters) && cellsOf(header).length === cellsOf(delimiters).length;
}

/** The cells of a table row. Escaped bars belong to their cell. */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let start = 0;
  const text = row.trim().replace(/^\|/, '');
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '|') {
      cells.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (start < text.length) cells.push(text.slice(start));
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

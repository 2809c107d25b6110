const LONGEST_HEADING = 300;

/** Characters that PostgreSQL refuses (NUL, lone surrogates) or that are invisible (controls, soft hyphens). */
const UNWANTED = /(?![\t\n])[\p{Control}\p{Surrogate}\u00ad\ufeff]/gu;
/** CR LF, CR, VT, FF, NEL, and the separators of lines and paragraphs. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** ASCII's separators of files, groups, records and units, as old data has them. */
const FIELD_END = new RegExp('[' + '\x1c\x1d\x1e\x1f' + ']', 'g');

/**
 * Text that can be stored and read. It has no characters that PostgreSQL refuses, one kind of line end, and no white
 * space at line ends. It has single spaces between words and at most one empty line in a row. Lines keep their
 * indentation.
 */
export function cleanText(text: string): string {
  return text
    .replace(LINE_END, '\n')
    .replace(FIELD_END, ' ')
    .replace(UNWANTED, '')
    .replace(/(?<=[^\s])[ \t]{2,}/g, ' ')
    .replace(/(?<=[^ \t]|^)[ \t]+(?=\n|$)/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

/** A heading on one line. */
export function onOneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** A heading of at most 300 characters: cut at the end of a word, with an ellipsis. */
export function cutHeading(heading: string): string {
  if (heading.length <= LONGEST_HEADING) return heading;
  const start = heading.slice(0, LONGEST_HEADING - 1).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(/\s+\S*$/, '')}…`;
}

const LONGEST_HEADING = 300;

/** Characters that PostgreSQL refuses (NUL, lone surrogates) or that nobody can see (controls, soft hyphens). */
const UNWANTED = /(?![\t\n\v\f\r])[\p{Control}\p{Surrogate}\u00ad\ufeff]/gu;

/**
 * Text that can be stored and read: without characters that PostgreSQL refuses, one sort of line end, no white space
 * at line ends, and at most one empty line in a row.
 */
export function cleanText(text: string): string {
  return text
    .replace(UNWANTED, '')
    .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A heading on one line. */
export function onOneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}

/** A heading of at most 300 characters: cut at the end of a word, with an ellipsis. */
export function cutHeading(heading: string): string {
  if (heading.length <= LONGEST_HEADING) return heading;
  const start = heading.slice(0, LONGEST_HEADING - 1).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(/\s+\S*$/, '')}…`;
}

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

/** A heading on one line, cut if it is too long to be one. */
export function cleanHeading(text: string): string {
  return cleanText(text)
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_HEADING)
    .replace(/\p{Surrogate}/gu, '');
}

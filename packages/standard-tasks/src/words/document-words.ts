import type { DocumentCoverage } from '../definitions/document-ingest.ts';

/** First and last page of a run of pages, 1-based. */
export type PageRange = DocumentCoverage['pagesWithoutText'][number];

const count = new Intl.NumberFormat('en');
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** The place of a text. Pages are 1-based. */
export interface TextPlace {
  page: number;
  /** The page on which the text ends; absent: the same page. */
  lastPage?: number | undefined;
  /** The name of `page` in the document's own numbering, where that differs: `iv`. */
  pageLabel?: string | undefined;
}

/**
 * A place in a document for people: `page 3`, `pages 3–4`, `page iv (no. 6 of the file)` with a label. A label names the
 * first page only: `lastPage` is then left out.
 */
export function placeWords({ page, lastPage = page, pageLabel }: TextPlace): string {
  if (pageLabel !== undefined) return `page ${pageLabel} (no. ${count.format(page)} of the file)`;
  return lastPage > page ? `pages ${rangeWords({ from: page, to: lastPage })}` : `page ${count.format(page)}`;
}

/** Names of languages in English, from ISO 639-1 codes: `German, Greek`. An unknown code stays as it is. */
export function languageWords(codes: readonly string[]): string {
  return codes.map(languageName).join(', ');
}

function languageName(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The coverage of a document for people: `1 of 10 pages hold text; no text on pages 2–10`. */
export function coverageWords(coverage: DocumentCoverage): string {
  const { pagesWithText, pagesWithoutText, pagesUnreadable } = coverage;
  const pages = pagesWithText + countPages(pagesWithoutText) + countPages(pagesUnreadable);
  const share = `${count.format(pagesWithText)} of ${count.format(pages)} ${pages === 1 ? 'page holds' : 'pages hold'} text`;
  const missing = [...rangesWords('no text on', pagesWithoutText), ...rangesWords('unreadable:', pagesUnreadable)];
  return [share, ...missing].join('; ');
}

/** Whether each page of a document gave text. */
export function isFullyCovered({ pagesWithoutText, pagesUnreadable }: DocumentCoverage): boolean {
  return pagesWithoutText.length === 0 && pagesUnreadable.length === 0;
}

/** Largest number of named runs of pages. */
const MOST_RANGES = 8;

function rangesWords(title: string, ranges: readonly PageRange[]): string[] {
  if (ranges.length === 0) return [];
  const named = ranges.slice(0, MOST_RANGES).map(rangeWords).join(', ');
  const rest = ranges.slice(MOST_RANGES);
  const more = rest.length === 0 ? '' : ` and ${count.format(countPages(rest))} more`;
  return [`${title} ${countPages(ranges) === 1 ? 'page' : 'pages'} ${named}${more}`];
}

function rangeWords({ from, to }: PageRange): string {
  return from === to ? count.format(from) : `${count.format(from)}–${count.format(to)}`;
}

/** Number of pages in runs of pages. */
export function countPages(ranges: readonly PageRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

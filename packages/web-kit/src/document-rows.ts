import { countPages, languageWords, type DocumentCoverage } from '@taskwire/tasks';
import { formatBytes, formatCount, formatWhen } from './format.ts';

/** A document as far as a row of a list shows it. */
export interface DocumentRowFacts {
  pages: number;
  /** Bytes of the stored file; absent if that is gone. */
  sizeBytes?: number | undefined;
  languages: readonly string[];
  coverage?: DocumentCoverage | undefined;
  warnings: readonly string[];
  /** Time of the last reading, in milliseconds since 1970. */
  updatedAt: number;
}

/** A document in one line: `12 pages · German · 1.5 MB · 3 min ago`. `now` is in milliseconds since 1970. */
export function documentDetail({ pages, sizeBytes, languages, updatedAt }: DocumentRowFacts, now: number): string {
  return [
    `${formatCount(pages)} ${pages === 1 ? 'page' : 'pages'}`,
    languageWords(languages.slice(0, 3)),
    sizeBytes === undefined ? 'the file is gone' : formatBytes(sizeBytes),
    formatWhen(updatedAt, now),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A badge for a document that its reader has findings on: `9 pages without text`, `2 notes`; undefined: none. */
export function documentBadge({ coverage, warnings }: DocumentRowFacts): string | undefined {
  const without = countPages([...(coverage?.pagesWithoutText ?? []), ...(coverage?.pagesUnreadable ?? [])]);
  if (without > 0) return `${formatCount(without)} ${without === 1 ? 'page' : 'pages'} without text`;
  if (warnings.length === 0) return undefined;
  return `${formatCount(warnings.length)} ${warnings.length === 1 ? 'note' : 'notes'}`;
}

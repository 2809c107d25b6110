import { countPages, languageWords, type DocumentCoverage } from '@taskwire/standard-tasks';
import { formatBytes, formatCount, formatWhen } from '@taskwire/tasks';
import { formatRoute } from '../page/route.ts';

/** Number of rows that a list loads at a time. */
export const LIST_PAGE_SIZE = 20;

/** The part of a document that a row of a list shows. */
export interface ListedDocument {
  documentId: string;
  fileName: string;
  pages: number;
  /** Bytes of the stored file; absent if the file was deleted. */
  sizeBytes?: number | undefined;
  languages: readonly string[];
  coverage?: DocumentCoverage | undefined;
  warnings: readonly string[];
  /** Time of the last reading, in milliseconds since 1970. */
  updatedAt: number;
}

/** A document as a row of a list. */
export interface DocumentRow {
  href: string;
  title: string;
  /** Findings of the reader: `9 pages without text`, `2 notes`; undefined: none. */
  badge: string | undefined;
  /** `12 pages · German · 1.5 MB · 3 min ago` */
  detail: string;
}

/** The words of a document's row. `now` is in milliseconds since 1970. */
export function documentRow(document: ListedDocument, now: number): DocumentRow {
  const { documentId, fileName } = document;
  return {
    href: formatRoute({ page: 'document', documentId, pageNumber: 1, query: '' }),
    title: fileName,
    badge: badgeOf(document),
    detail: detailOf(document, now),
  };
}

function detailOf({ pages, sizeBytes, languages, updatedAt }: ListedDocument, now: number): string {
  return [
    `${formatCount(pages)} ${pages === 1 ? 'page' : 'pages'}`,
    languageWords(languages.slice(0, 3)),
    sizeBytes === undefined ? 'the file is gone' : formatBytes(sizeBytes),
    formatWhen(updatedAt, now),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function badgeOf({ coverage, warnings }: ListedDocument): string | undefined {
  const without = countPages([...(coverage?.pagesWithoutText ?? []), ...(coverage?.pagesUnreadable ?? [])]);
  if (without > 0) return `${formatCount(without)} ${without === 1 ? 'page' : 'pages'} without text`;
  if (warnings.length === 0) return undefined;
  return `${formatCount(warnings.length)} ${warnings.length === 1 ? 'note' : 'notes'}`;
}

import { placeWords } from '@taskwire/tasks';
import { formatRoute } from './route.ts';
import { capitalize } from './sentence.ts';

/** A hit of a search, as far as its place goes. */
export interface HitPlace {
  /** Absent in hits of servers that know no documents. */
  documentId?: string | undefined;
  taskId?: string | undefined;
  /** 1-based. */
  page: number;
  lastPage?: number | undefined;
  pageLabel?: string | undefined;
  heading?: string | undefined;
  headingPath?: readonly string[] | undefined;
  /** The number of the chunk in its document, from 0. */
  ordinal: number;
}

/**
 * The address of the page on which a hit stands.
 * @param query a question for the whole document, to be asked there again.
 */
export function hitAddress({ documentId, taskId, page, ordinal }: HitPlace, query = ''): string {
  if (documentId !== undefined) return formatRoute({ page: 'document', documentId, pageNumber: page, ordinal, query });
  return formatRoute(taskId === undefined ? { page: 'unknown' } : { page: 'task', taskId, query: '' });
}

/** `Page 3`, `Pages 3–4`, `Page iv (no. 6 of the file)`. */
export function hitPlaceWords(hit: HitPlace): string {
  return capitalize(placeWords(hit));
}

/** The headings above a text, outermost first: `Part I › Chapter 2 › Rivers`; empty: none. */
export function headingTrail({ heading, headingPath = [] }: Pick<HitPlace, 'heading' | 'headingPath'>): string {
  return [...headingPath, ...(heading === undefined ? [] : [heading])].join(' › ');
}

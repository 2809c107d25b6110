import { placeWords } from '@taskwire/standard-tasks';
import { capitalize } from '@taskwire/tasks';
import { formatRoute } from '../page/route.ts';

/** The place of a search hit. */
export interface HitPlace {
  /** Absent in hits of older servers, which have no documents. */
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
 * The address of the page that contains a hit.
 * @param query a search to repeat within that document.
 */
export function hitAddress({ documentId, taskId, page, ordinal }: HitPlace, query = ''): string {
  if (documentId !== undefined) return formatRoute({ page: 'document', documentId, pageNumber: page, ordinal, query });
  return formatRoute(taskId === undefined ? { page: 'unknown' } : { page: 'task', taskId, query: '' });
}

/** The line above a list of hits. */
export function hitCountWords(count: number): string {
  return count === 1 ? '1 passage, best first' : `${count} passages, best first`;
}

/** The words of a search without hits. */
export function nothingFoundWords(query: string): { title: string; text: string } {
  return {
    title: `Nothing found for “${query}”`,
    text:
      'Try fewer or other words. Put words into "quotes" to find them side by side, -word to leave one out, ' +
      'hand* to find words that begin like it.',
  };
}

/** `Page 3`, `Pages 3–4`, `Page iv (no. 6 of the file)`. */
export function hitPlaceWords(hit: HitPlace): string {
  return capitalize(placeWords(hit));
}

/** The headings above a text, outermost first: `Part I › Chapter 2 › Rivers`; empty if there are none. */
export function headingTrail({ heading, headingPath = [] }: Pick<HitPlace, 'heading' | 'headingPath'>): string {
  return [...headingPath, ...(heading === undefined ? [] : [heading])].join(' › ');
}

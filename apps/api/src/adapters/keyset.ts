import type { ListPosition } from '@taskwire/router';

/** Newest first; the id decides between rows of the same millisecond. */
export const NEWEST_FIRST: { createdAt?: 'desc'; id?: 'desc' }[] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** What rows after a place in a newest-first list fulfil. The first line lets the index begin at the right place. */
export function rowsAfter(position: ListPosition) {
  const createdAt = new Date(position.createdAt);
  return {
    createdAt: { lte: createdAt },
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: position.id } }],
  };
}

import type { ListPosition } from '@taskwire/router';

/** Newest first; the id decides between rows of the same millisecond. */
export const NEWEST_FIRST: { createdAt?: 'desc'; id?: 'desc' }[] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** The condition of rows after a position in a newest-first list. With `createdAt` first the index starts there. */
export function rowsAfter(position: ListPosition) {
  const createdAt = new Date(position.createdAt);
  return {
    createdAt: { lte: createdAt },
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: position.id } }],
  };
}

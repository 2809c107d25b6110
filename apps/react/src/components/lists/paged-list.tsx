import type { ReactNode } from 'react';
import { ErrorNotice, Skeleton } from '../feedback/notice.tsx';

/** A list that loads page by page: the used part of a `useInfiniteQuery` result. */
interface PagedQuery<Item> {
  data: { pages: { items: Item[] }[] } | undefined;
  /** Time of the latest answer, in milliseconds since 1970. */
  dataUpdatedAt: number;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isSuccess: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => Promise<unknown>;
  fetchNextPage: () => Promise<unknown>;
}

interface PagedListProps<Item> {
  list: PagedQuery<Item>;
  /** For screen readers, while the first page loads. */
  loadingLabel: string;
  /** Shown in place of a list without rows. */
  empty: ReactNode;
  keyOf: (item: Item) => string;
  rowsOf: (items: Item[], now: number) => (item: Item) => ReactNode;
}

/** The rows of a list, with a button that loads the next page. */
export function PagedList<Item>({ list, loadingLabel, empty, keyOf, rowsOf }: PagedListProps<Item>): ReactNode {
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const row = rowsOf(items, list.dataUpdatedAt);
  return (
    <>
      {list.isPending && <Skeleton label={loadingLabel} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <div className="empty">{empty}</div>}
      {items.length > 0 && (
        <ul className="task-list">
          {items.map((item) => (
            <li key={keyOf(item)} className="task-list__item">
              {row(item)}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="button"
          data-testid="load-more"
          aria-disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? 'Loading…' : 'Load more'}
        </button>
      )}
    </>
  );
}

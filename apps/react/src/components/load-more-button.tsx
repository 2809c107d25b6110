import type { ReactNode } from 'react';

interface LoadMoreProps {
  isLoading: boolean;
  onLoad: () => void;
}

/** Loads the next page of a list. */
export function LoadMoreButton({ isLoading, onLoad }: LoadMoreProps): ReactNode {
  return (
    <button type="button" className="button" data-testid="load-more" aria-disabled={isLoading} onClick={onLoad}>
      {isLoading ? 'Loading…' : 'Load more'}
    </button>
  );
}

import { searchRemarks, type SearchHit } from '@taskwire/client';
import { trpc } from '@taskwire/react';
import { headingTrail, hitAddress, hitPlaceWords } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { ErrorNotice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

interface SearchResultsProps {
  query: string;
  /** The one document to look into; absent: all of the reader's. */
  within?: { documentId: string } | { taskId: string };
}

/** The hits of a query, in one document or in all of them. */
export function SearchResults({ query, within }: SearchResultsProps): ReactNode {
  const search = trpc.document.search.useQuery({ query, ...within, limit: 10 });
  if (search.isPending) return <Skeleton label="Searching" />;
  if (search.isError) return <ErrorNotice error={search.error} onRetry={() => void search.refetch()} />;
  const { hits } = search.data;
  if (hits.length === 0) return <NothingFound query={query} />;
  return (
    <section className="stack" aria-label="Search results">
      <p className="muted" role="status">
        {hits.length === 1 ? '1 passage' : `${hits.length} passages`}, best first
      </p>
      {searchRemarks(search.data).map((remark) => (
        <p key={remark} className="muted" data-testid="search-remark">
          {remark}
        </p>
      ))}
      <ol className="hits">
        {hits.map((hit) => (
          <Hit key={hitAddress(hit)} hit={hit} query={within === undefined ? '' : query} />
        ))}
      </ol>
    </section>
  );
}

function NothingFound({ query }: { query: string }): ReactNode {
  return (
    <div className="empty" role="status">
      <h2>Nothing found for “{query}”</h2>
      <p>
        Try fewer or other words. Put words into "quotes" to find them side by side, -word to leave one out, hand* to
        find words that begin like it.
      </p>
    </div>
  );
}

/** One hit; `query` is asked again on the page that it leads to. */
function Hit({ hit, query }: { hit: SearchHit; query: string }): ReactNode {
  const trail = headingTrail(hit);
  return (
    <li className="hit" data-testid="search-hit" data-page={hit.page}>
      <p className="hit__source">
        <a href={hitAddress(hit, query)} data-testid="hit-link">
          {query === '' && `${hit.fileName} · `}
          <span className="hit__page">{hitPlaceWords(hit)}</span>
        </a>
        {trail !== '' && (
          <span className="hit__heading" dir="auto">
            {trail}
          </span>
        )}
      </p>
      <p className="hit__snippet" dir="auto">
        {hit.snippet.map((part, index) => (part.match ? <mark key={index}>{part.text}</mark> : part.text))}
      </p>
    </li>
  );
}

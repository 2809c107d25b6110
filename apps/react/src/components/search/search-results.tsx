import { searchRemarks, type SearchHit } from '@taskwire/standard-tasks';
import { headingTrail, hitAddress, hitCountWords, hitPlaceWords, nothingFoundWords } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { ErrorNotice, Skeleton } from '../feedback/notice.tsx';
import { SearchForm } from './search-form.tsx';

type SearchedDocument = { documentId: string } | { taskId: string };

interface SearchResultsProps {
  query: string;
  /** The document to search; absent: all documents of the reader. */
  within?: SearchedDocument;
}

/** The hits of a query in one document or in all documents. */
export function SearchResults({ query, within }: SearchResultsProps): ReactNode {
  const search = trpc.document.search.useQuery({ query, ...within, limit: 10 });
  if (search.isPending) return <Skeleton label="Searching" />;
  if (search.isError) return <ErrorNotice error={search.error} onRetry={() => void search.refetch()} />;
  const { hits } = search.data;
  if (hits.length === 0) return <NothingFound query={query} />;
  return (
    <section className="stack" aria-label="Search results">
      <p className="muted" role="status">
        {hitCountWords(hits.length)}
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
  const { title, text } = nothingFoundWords(query);
  return (
    <div className="empty" role="status">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

/** One hit. Its page repeats the search `query`; empty: no search. */
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

interface SearchWithinProps {
  query: string;
  within: SearchedDocument;
  onSearch: (query: string) => void;
}

/** A search in one document. */
export function SearchWithin({ query, within, onSearch }: SearchWithinProps): ReactNode {
  return (
    <section className="card" aria-labelledby="search-title">
      <h2 id="search-title">Search this document</h2>
      <SearchForm key={query} label="Words to look for in this document" query={query} onSearch={onSearch} />
      {query !== '' && <SearchResults query={query} within={within} />}
    </section>
  );
}

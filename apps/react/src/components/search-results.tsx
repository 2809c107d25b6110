import { searchRemarks, type SearchHit } from '@taskwire/client';
import { trpc } from '@taskwire/react';
import { formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { ErrorNotice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

/** What a query finds, in one task's document or in all of them. */
export function SearchResults({ query, taskId }: { query: string; taskId?: string }): ReactNode {
  const search = trpc.document.search.useQuery({ query, ...(taskId === undefined ? {} : { taskId }), limit: 10 });
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
          <Hit key={`${hit.documentId}-${hit.ordinal}`} hit={hit} showsSource={taskId === undefined} />
        ))}
      </ol>
    </section>
  );
}

function NothingFound({ query }: { query: string }): ReactNode {
  return (
    <div className="empty" role="status">
      <h2>Nothing found for “{query}”</h2>
      <p>Try fewer or other words. Put words into "quotes" to find them side by side, -word to leave one out.</p>
    </div>
  );
}

function Hit({ hit, showsSource }: { hit: SearchHit; showsSource: boolean }): ReactNode {
  return (
    <li className="hit" data-testid="search-hit" data-page={hit.page}>
      <p className="hit__source">
        {showsSource && <Source hit={hit} />}
        <span className="hit__page">Page {hit.pageLabel ?? hit.page}</span>
        {hit.heading !== undefined && <span className="hit__heading">{hit.heading}</span>}
      </p>
      <p className="hit__snippet">
        {hit.snippet.map((part, index) => (part.match ? <mark key={index}>{part.text}</mark> : part.text))}
      </p>
    </li>
  );
}

/** The file of a hit, as a link to the task that has read it while there is one. */
function Source({ hit: { taskId, fileName } }: { hit: SearchHit }): ReactNode {
  if (taskId === undefined) return <span>{fileName}</span>;
  return <a href={formatRoute({ page: 'task', taskId, query: '' })}>{fileName}</a>;
}

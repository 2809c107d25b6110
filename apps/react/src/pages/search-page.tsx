import type { ReactNode } from 'react';
import { PageHeading } from '../components/page-heading.tsx';
import { SearchForm } from '../components/search-form.tsx';
import { SearchResults } from '../components/search-results.tsx';
import { usePage } from '../page-context.ts';

/** Looks into all of the reader's documents. */
export function SearchPage({ query }: { query: string }): ReactNode {
  const { route } = usePage();
  return (
    <>
      <PageHeading>Search</PageHeading>
      <SearchForm
        key={query}
        label="Words to look for in all your documents"
        query={query}
        onSearch={(words) => route.go({ page: 'search', query: words })}
      />
      {query === '' ? (
        <div className="empty">
          <h2>Look into everything you uploaded</h2>
          <p>Put words into "quotes" to find them side by side, -word to leave one out.</p>
        </div>
      ) : (
        <div className="card">
          <SearchResults query={query} />
        </div>
      )}
    </>
  );
}

import type { ReactNode } from 'react';
import { SearchForm } from '../components/search/search-form.tsx';
import { SearchResults } from '../components/search/search-results.tsx';
import { PageHeading } from '../components/shell/page-heading.tsx';
import { usePage } from '../hooks/use-page.ts';

/** A search in all documents of the reader. */
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

import type { ReactNode } from 'react';
import { SearchForm } from './search-form.tsx';
import { SearchResults } from './search-results.tsx';

interface SearchWithinProps {
  query: string;
  within: { documentId: string } | { taskId: string };
  onSearch: (query: string) => void;
}

/** Searches one document. */
export function SearchWithin({ query, within, onSearch }: SearchWithinProps): ReactNode {
  return (
    <section className="card" aria-labelledby="search-title">
      <h2 id="search-title">Search this document</h2>
      <SearchForm key={query} label="Words to look for in this document" query={query} onSearch={onSearch} />
      {query !== '' && <SearchResults query={query} within={within} />}
    </section>
  );
}

import { useState, type SubmitEvent, type ReactNode } from 'react';

interface SearchFormProps {
  label: string;
  query: string;
  onSearch: (query: string) => void;
}

/** A field for a search. */
export function SearchForm({ label, query, onSearch }: SearchFormProps): ReactNode {
  const [words, setWords] = useState(query);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSearch(words.trim());
  };
  return (
    <form className="search-form" role="search" onSubmit={submit}>
      <input
        className="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={words}
        maxLength={500}
        data-testid="search-input"
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit" className="button button--primary" data-testid="search-submit">
        Search
      </button>
    </form>
  );
}

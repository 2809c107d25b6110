import { formatCount, formatRoute, type DocumentRoute } from '@taskwire/web-kit';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { usePage } from '../page-context.ts';

interface PageTurnerProps {
  route: DocumentRoute;
  /** Number of pages of the document. */
  pages: number;
}

/** Ways from one page of a document to others. */
export function PageTurner({ route, pages }: PageTurnerProps): ReactNode {
  if (pages <= 1) return null;
  const { pageNumber } = route;
  return (
    <nav className="row" aria-label="Pages of the document">
      <TurnLink route={route} to={pageNumber - 1} pages={pages} label="Previous page">
        ← Previous
      </TurnLink>
      <PageField key={pageNumber} route={route} pages={pages} />
      <TurnLink route={route} to={pageNumber + 1} pages={pages} label="Next page">
        Next →
      </TurnLink>
    </nav>
  );
}

interface TurnLinkProps extends PageTurnerProps {
  to: number;
  label: string;
  children: ReactNode;
}

function TurnLink({ route, to, pages, label, children }: TurnLinkProps): ReactNode {
  const isThere = to >= 1 && to <= pages;
  if (!isThere) {
    return (
      <span className="button button--small" aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <a className="button button--small" href={formatRoute(pageRoute(route, to))} aria-label={label}>
      {children}
    </a>
  );
}

function PageField({ route, pages }: PageTurnerProps): ReactNode {
  const { route: address } = usePage();
  const [text, setText] = useState(String(route.pageNumber));
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    address.go(pageRoute(route, Number(text)));
  };
  return (
    <form className="row" onSubmit={open}>
      <label className="row">
        Page
        <input
          className="input input--page"
          type="number"
          min={1}
          max={pages}
          required
          value={text}
          data-testid="page-number"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <span className="muted">of {formatCount(pages)}</span>
    </form>
  );
}

function pageRoute({ documentId, query }: DocumentRoute, pageNumber: number): DocumentRoute {
  return { page: 'document', documentId, pageNumber, query };
}

import { formatCount, pageLinks, turnedTo, type DocumentRoute, type PageLink } from '@taskwire/web-kit';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { usePage } from '../../hooks/use-page.ts';

interface PageTurnerProps {
  route: DocumentRoute;
  /** Number of pages of the document. */
  pages: number;
}

/** Links and a field that open other pages of a document; nothing if it has one page. */
export function PageTurner({ route, pages }: PageTurnerProps): ReactNode {
  if (pages <= 1) return null;
  const { previous, next } = pageLinks(route, pages);
  return (
    <nav className="row" aria-label="Pages of the document">
      <TurnLink link={previous} />
      <PageField key={route.pageNumber} route={route} pages={pages} />
      <TurnLink link={next} />
    </nav>
  );
}

function TurnLink({ link: { text, label, href } }: { link: PageLink }): ReactNode {
  if (href === undefined) {
    return (
      <span className="button button--small" aria-disabled="true">
        {text}
      </span>
    );
  }
  return (
    <a className="button button--small" href={href} aria-label={label}>
      {text}
    </a>
  );
}

function PageField({ route, pages }: PageTurnerProps): ReactNode {
  const { route: address } = usePage();
  const [text, setText] = useState(String(route.pageNumber));
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    address.go(turnedTo(route, Number(text)));
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

import type { Document } from '@taskwire/standard-tasks';
import { LIST_PAGE_SIZE, documentRow, formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../hooks/trpc.ts';
import { PagedList } from '../components/lists/paged-list.tsx';
import { PageHeading } from '../components/shell/page-heading.tsx';

/** The reader's documents, newest first. */
export function DocumentsPage(): ReactNode {
  const list = trpc.document.list.useInfiniteQuery(
    { limit: LIST_PAGE_SIZE },
    { getNextPageParam: (page) => page.nextCursor },
  );
  return (
    <>
      <PageHeading>Documents</PageHeading>
      <PagedList
        list={list}
        loadingLabel="Loading your documents"
        empty={
          <>
            <h2>No documents yet</h2>
            <p>
              <a href={formatRoute({ page: 'tasks', filter: 'all' })}>Upload one</a>. Its pages are here as soon as it
              is read.
            </p>
          </>
        }
        keyOf={(document) => document.documentId}
        rowsOf={(_documents, now) => (document) => <DocumentRow document={document} now={now} />}
      />
    </>
  );
}

function DocumentRow({ document, now }: { document: Document; now: number }): ReactNode {
  const { href, title, badge, detail } = documentRow(document, now);
  return (
    <a className="task-row" href={href} data-testid="document-row">
      <span className="task-row__title">{title}</span>
      {badge !== undefined && <span className="badge badge--warn">{badge}</span>}
      <span className="task-row__detail">{detail}</span>
    </a>
  );
}

import type { Document } from '@taskwire/client';
import { trpc } from '@taskwire/react';
import { documentBadge, documentDetail, formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { LoadMoreButton } from '../components/load-more-button.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import { PageHeading } from '../components/page-heading.tsx';
import { Skeleton } from '../components/skeleton.tsx';

const PAGE_SIZE = 20;

/** The reader's documents, newest first, a page at a time. */
export function DocumentsPage(): ReactNode {
  const list = trpc.document.list.useInfiniteQuery(
    { limit: PAGE_SIZE },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const documents = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeading>Documents</PageHeading>
      {list.isPending && <Skeleton label="Loading your documents" />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && documents.length === 0 && <NoDocuments />}
      {documents.length > 0 && (
        <ul className="task-list">
          {documents.map((document) => (
            <li key={document.documentId} className="task-list__item">
              <DocumentRow document={document} now={list.dataUpdatedAt} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <LoadMoreButton isLoading={list.isFetchingNextPage} onLoad={() => void list.fetchNextPage()} />
      )}
    </>
  );
}

function DocumentRow({ document, now }: { document: Document; now: number }): ReactNode {
  const { documentId, fileName } = document;
  const badge = documentBadge(document);
  return (
    <a
      className="task-row"
      href={formatRoute({ page: 'document', documentId, pageNumber: 1, query: '' })}
      data-testid="document-row"
    >
      <span className="task-row__title">{fileName}</span>
      {badge !== undefined && <span className="badge badge--warn">{badge}</span>}
      <span className="task-row__detail">{documentDetail(document, now)}</span>
    </a>
  );
}

function NoDocuments(): ReactNode {
  return (
    <div className="empty">
      <h2>No documents yet</h2>
      <p>
        <a href={formatRoute({ page: 'tasks', filter: 'all' })}>Upload one</a>. Its pages are here as soon as it is
        read.
      </p>
    </div>
  );
}

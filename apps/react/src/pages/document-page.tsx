import { documentFacts, warningsRemark, type DocumentRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../hooks/trpc.ts';
import { DeleteDocumentButton } from '../components/document/delete-document-button.tsx';
import { DocumentText } from '../components/document/document-text.tsx';
import { PageTurner } from '../components/document/page-turner.tsx';
import { ErrorNotice, Notice, Skeleton } from '../components/feedback/notice.tsx';
import { FactList } from '../components/lists/facts.tsx';
import { SearchWithin } from '../components/search/search-results.tsx';
import { BackLink, PageHeading } from '../components/shell/page-heading.tsx';
import { usePage } from '../hooks/use-page.ts';

/** One document: facts, search, and the text of one page. */
export function DocumentPage({ route }: { route: DocumentRoute }): ReactNode {
  const { documentId, pageNumber, ordinal, query } = route;
  const found = trpc.document.get.useQuery({ documentId });
  const { route: address } = usePage();
  if (found.data === undefined) return <DocumentUnknown error={found.error} retry={() => void found.refetch()} />;
  const document = found.data;
  const remark = warningsRemark(document);
  return (
    <>
      <div className="page-head">
        <div className="page-head__text">
          <BackLink to="documents" />
          <PageHeading>{document.fileName}</PageHeading>
        </div>
        <DeleteDocumentButton documentId={documentId} fileName={document.fileName} />
      </div>
      {remark !== undefined && <Notice remark={remark} />}
      <section className="card" aria-label="About this document" data-testid="document-facts">
        <FactList facts={documentFacts(document)} />
      </section>
      <SearchWithin
        query={query}
        within={{ documentId }}
        onSearch={(words) => address.go({ page: 'document', documentId, pageNumber, query: words })}
      />
      <section className="card" aria-labelledby="text-title">
        <div className="card__head">
          <h2 id="text-title">Text</h2>
          <PageTurner route={route} pages={document.pages} />
        </div>
        <DocumentText key={`${pageNumber} ${ordinal ?? ''}`} route={route} />
      </section>
    </>
  );
}

function DocumentUnknown({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  return (
    <>
      <BackLink to="documents" />
      <PageHeading>Document</PageHeading>
      {error === null ? <Skeleton label="Loading the document" /> : <ErrorNotice error={error} onRetry={retry} />}
    </>
  );
}

import { useState, type ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { usePage } from '../../hooks/use-page.ts';
import { ErrorNotice } from '../feedback/notice.tsx';

interface DeleteDocumentButtonProps {
  documentId: string;
  fileName: string;
}

/** Deletes a document after a confirmation. */
export function DeleteDocumentButton({ documentId, fileName }: DeleteDocumentButtonProps): ReactNode {
  const { route } = usePage();
  const [isAsking, setAsking] = useState(false);
  const [wasKept, setKept] = useState(false);
  const utils = trpc.useUtils();
  const deletion = trpc.document.delete.useMutation({
    onSuccess: async () => {
      route.go({ page: 'documents' });
      await utils.document.list.invalidate();
      // The document's page is closed now. Going back must not show the cached document.
      await Promise.all([utils.document.get.reset(), utils.document.page.reset(), utils.document.search.reset()]);
    },
  });
  const keep = (): void => {
    setKept(true);
    setAsking(false);
  };
  const remove = (): void => {
    if (!deletion.isPending) deletion.mutate({ documentId });
  };
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button button--danger"
        data-testid="delete-document"
        autoFocus={wasKept}
        onClick={() => setAsking(true)}
      >
        Delete document
      </button>
    );
  }
  return (
    <div className="row" role="group" aria-label={`Delete ${fileName}`}>
      <span>Delete it with its file? It is then no longer found.</span>
      <button
        type="button"
        className="button button--danger"
        data-testid="confirm-delete"
        autoFocus
        aria-disabled={deletion.isPending}
        onClick={remove}
      >
        {deletion.isPending ? 'Deleting…' : 'Delete'}
      </button>
      <button type="button" className="button" data-testid="keep-document" onClick={keep}>
        Keep it
      </button>
      {deletion.isError && <ErrorNotice error={deletion.error} onRetry={remove} />}
    </div>
  );
}

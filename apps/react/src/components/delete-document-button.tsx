import { trpc } from '@taskwire/react';
import { useState, type ReactNode } from 'react';
import { usePage } from '../page-context.ts';
import { ErrorNotice } from './notice.tsx';

interface DeleteDocumentButtonProps {
  documentId: string;
  fileName: string;
}

/** Deletes a document after one more question. */
export function DeleteDocumentButton({ documentId, fileName }: DeleteDocumentButtonProps): ReactNode {
  const { route } = usePage();
  const [isAsking, setAsking] = useState(false);
  const [wasKept, setKept] = useState(false);
  const utils = trpc.useUtils();
  const deletion = trpc.document.delete.useMutation({
    onSuccess: async () => {
      route.go({ page: 'documents' });
      await utils.document.list.invalidate();
      // Its page is closed by now. The way back must not show what is gone.
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

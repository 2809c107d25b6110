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
  const utils = trpc.useUtils();
  const deletion = trpc.document.delete.useMutation({
    onSuccess: async () => {
      await utils.document.list.invalidate();
      route.go({ page: 'documents' });
    },
  });
  const remove = (): void => {
    if (!deletion.isPending) deletion.mutate({ documentId });
  };
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button button--danger"
        data-testid="delete-document"
        onClick={() => setAsking(true)}
      >
        Delete document
      </button>
    );
  }
  return (
    <div className="row" role="group" aria-label={`Delete ${fileName}`}>
      <span>Delete it with its file? It is no longer found.</span>
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
      <button type="button" className="button" onClick={() => setAsking(false)}>
        Keep it
      </button>
      {deletion.isError && <ErrorNotice error={deletion.error} onRetry={remove} />}
    </div>
  );
}

import type { TaskStatus } from '@taskwire/client';
import { trpc } from '@taskwire/react';
import { hasEnded } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { ErrorNotice } from './notice.tsx';

/** Asks for a cancel, and shows that one is under way. */
export function CancelButton({ taskId, status }: { taskId: string; status: TaskStatus }): ReactNode {
  const cancel = trpc.task.cancel.useMutation();
  if (hasEnded(status)) return null;
  const isCanceling = cancel.isPending || status === 'canceling';
  return (
    <>
      <button
        type="button"
        className="button button--danger"
        data-testid="cancel-task"
        aria-disabled={isCanceling}
        onClick={() => {
          if (!isCanceling) cancel.mutate({ taskId });
        }}
      >
        {isCanceling ? 'Canceling…' : 'Cancel task'}
      </button>
      {cancel.isError && <ErrorNotice error={cancel.error} onRetry={() => cancel.mutate({ taskId })} />}
    </>
  );
}

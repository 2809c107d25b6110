import type { TaskStatus } from '@taskwire/client';
import { hasEnded } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { ErrorNotice } from '../feedback/notice.tsx';

/** Cancels a task and shows that the cancel is pending; nothing once the task has ended. */
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

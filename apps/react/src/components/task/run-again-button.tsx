import type { TaskStatus } from '@taskwire/client';
import { hasEnded, newRequestKey, runAgainRefusal } from '@taskwire/web-kit';
import { useState, type ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { usePage } from '../../hooks/use-page.ts';
import { ErrorNotice } from '../feedback/notice.tsx';

interface RunAgainProps {
  taskId: string;
  status: TaskStatus;
  /** The title of the new task in this browser. */
  title: string;
}

/** Runs an ended task again and opens the new task. If the server would refuse that, it shows the reason instead. */
export function RunAgainButton({ taskId, status, title }: RunAgainProps): ReactNode {
  const { route, titles } = usePage();
  const [idempotencyKey] = useState(newRequestKey);
  const utilities = trpc.useUtils();
  const retry = trpc.task.retry.useMutation({
    onSuccess(task) {
      titles.remember(task.taskId, title);
      void utilities.task.list.invalidate();
      route.go({ page: 'task', taskId: task.taskId, query: '' });
    },
    // A refusal may be new: the task's file may have been deleted after the page was opened.
    onError: () => utilities.task.get.invalidate({ taskId }),
  });
  const isEnded = hasEnded(status);
  const { data: stored, isPending: isUnknown } = trpc.task.get.useQuery({ taskId }, { enabled: isEnded });
  if (!isEnded || isUnknown) return null;
  if (stored?.retryRefusal !== undefined) {
    return (
      <span className="muted" data-testid="run-again-refusal">
        {runAgainRefusal(stored.retryRefusal)}
      </span>
    );
  }
  const start = () => retry.mutate({ taskId, idempotencyKey });
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="run-again"
        aria-disabled={retry.isPending}
        onClick={() => {
          if (!retry.isPending) start();
        }}
      >
        {retry.isPending ? 'Starting…' : 'Run again'}
      </button>
      {retry.isError && <ErrorNotice error={retry.error} onRetry={start} />}
    </>
  );
}

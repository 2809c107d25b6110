import { trpc } from '@taskwire/react';
import { formatRoute } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** The way to the task that this one does again; nothing if it does none again. */
export function RetryOf({ taskId }: { taskId: string }): ReactNode {
  const { data: task } = trpc.task.get.useQuery({ taskId }, { staleTime: Infinity });
  if (task?.retryOf === undefined) return null;
  return (
    <a className="crumb" data-testid="retry-of" href={formatRoute({ page: 'task', taskId: task.retryOf, query: '' })}>
      Retry of an earlier task
    </a>
  );
}

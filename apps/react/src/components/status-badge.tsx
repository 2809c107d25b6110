import type { TaskStatus, TaskView } from '@taskwire/client';
import { CONNECTION_WORDS, STATUS_WORDS } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** A task's state in a word. */
export function StatusBadge({ status, testId }: { status: TaskStatus; testId?: string }): ReactNode {
  return (
    <span className={`badge badge--${status}`} data-testid={testId} data-status={status}>
      {STATUS_WORDS[status]}
    </span>
  );
}

/** Whether what is shown is live. */
export function ConnectionBadge({ connection }: { connection: TaskView['connection'] }): ReactNode {
  return (
    <span className={`badge badge--${connection}`} data-testid="connection" data-connection={connection}>
      {CONNECTION_WORDS[connection]}
    </span>
  );
}

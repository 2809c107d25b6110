import type { TaskState, TaskView } from '@taskwire/client';
import { CONNECTION_WORDS, formatRoute, hasEnded, kindNote, taskTitle, taskWindowTitle } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { usePage } from '../../hooks/use-page.ts';
import { BackLink, PageHeading } from '../shell/page-heading.tsx';
import { CancelButton } from './cancel-button.tsx';
import { RunAgainButton } from './run-again-button.tsx';
import { StatusBadge } from './task-status.tsx';

interface TaskHeadProps {
  state: TaskState;
  connection: TaskView['connection'];
}

/** The head of a task's page: title, status, and buttons that cancel the task or run it again. */
export function TaskHead({ state, connection }: TaskHeadProps): ReactNode {
  const { titles } = usePage();
  const { taskId, status } = state;
  const title = taskTitle(state, titles.find(taskId));
  return (
    <div className="page-head">
      <div className="page-head__text">
        <BackLink to="tasks" />
        <PageHeading windowTitle={taskWindowTitle(title, state)}>{title}</PageHeading>
        <div className="row">
          <StatusBadge status={status} testId="task-status" />
          {!hasEnded(status) && <ConnectionBadge connection={connection} />}
          <span className="eyebrow">{kindNote(state.kind, title)}</span>
          <RetryOf taskId={taskId} />
        </div>
      </div>
      <CancelButton taskId={taskId} status={status} />
      <RunAgainButton taskId={taskId} status={status} title={title} />
    </div>
  );
}

function ConnectionBadge({ connection }: { connection: TaskView['connection'] }): ReactNode {
  return (
    <span className={`badge badge--${connection}`} data-testid="connection" data-connection={connection}>
      {CONNECTION_WORDS[connection]}
    </span>
  );
}

/** A link to the task that this one repeats; nothing if it repeats none. */
function RetryOf({ taskId }: { taskId: string }): ReactNode {
  const { data: task } = trpc.task.get.useQuery({ taskId }, { staleTime: Infinity });
  if (task?.retryOf === undefined) return null;
  return (
    <a className="crumb" data-testid="retry-of" href={formatRoute({ page: 'task', taskId: task.retryOf, query: '' })}>
      Retry of an earlier task
    </a>
  );
}

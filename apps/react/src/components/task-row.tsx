import type { StageState, Task, TaskStatus } from '@taskwire/client';
import { useTask } from '@taskwire/react';
import { formatPercent, formatRoute, formatWhen, hasEnded, kindNote, taskTitle } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { usePage } from '../page-context.ts';
import { StatusBadge } from './status-badge.tsx';
import { Wire } from './wire.tsx';

/** What changes in a row while the task runs. */
interface Progress {
  status: TaskStatus;
  percent: number;
  stages?: readonly StageState[];
}

interface TaskRowProps {
  task: Task;
  /** When the list came, in milliseconds since 1970. */
  now: number;
  progress?: Progress;
}

/** A task in a list, as of when the list was asked for. */
export function TaskRow({ task, now, progress = task }: TaskRowProps): ReactNode {
  const { titles } = usePage();
  const title = taskTitle(task, titles.find(task.taskId));
  const isEnded = hasEnded(progress.status);
  return (
    <a
      className="task-row"
      href={formatRoute({ page: 'task', taskId: task.taskId, query: '' })}
      data-testid="task-list-item"
      data-task-id={task.taskId}
      data-status={progress.status}
    >
      <span className="task-row__title">{title}</span>
      <StatusBadge status={progress.status} />
      <span className="task-row__detail">
        {[kindNote(task.kind, title), formatWhen(task.createdAt, now)].filter(Boolean).join(' · ')}
      </span>
      <span className="task-row__percent">{isEnded ? '' : formatPercent(progress.percent)}</span>
      {!isEnded && <Wire label={`Progress of ${title}`} {...progress} isThin />}
    </a>
  );
}

/** A task in a list, live. */
export function LiveTaskRow({ task, now }: { task: Task; now: number }): ReactNode {
  const { state } = useTask(task.taskId);
  return <TaskRow task={task} now={now} progress={state ?? task} />;
}

import { useTask } from '@taskwire/react';
import { taskRow, type ListedTask, type TaskProgress } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { usePage } from '../../hooks/use-page.ts';
import { ProgressBar, StatusBadge } from '../task/task-status.tsx';

interface TaskRowProps {
  task: ListedTask;
  /** The time of the list's latest answer, in milliseconds since 1970. */
  now: number;
  /** The latest progress; absent: the progress in the list. */
  progress?: TaskProgress;
}

/** A task in a list, with the state of the list's latest answer. */
export function TaskRow({ task, now, progress = task }: TaskRowProps): ReactNode {
  const { titles } = usePage();
  const row = taskRow(task, { progress, remembered: titles.find(task.taskId), now });
  return (
    <a
      className="task-row"
      href={row.href}
      data-testid="task-list-item"
      data-task-id={task.taskId}
      data-status={progress.status}
    >
      <span className="task-row__title">{row.title}</span>
      <StatusBadge status={progress.status} />
      <span className="task-row__detail">{row.detail}</span>
      <span className="task-row__percent">{row.percent}</span>
      {!row.isEnded && <ProgressBar label={`Progress of ${row.title}`} progress={progress} isThin />}
    </a>
  );
}

/** A task in a list, watched live. */
export function LiveTaskRow({ task, now }: { task: ListedTask; now: number }): ReactNode {
  const { state } = useTask(task.taskId);
  return <TaskRow task={task} now={now} progress={state ?? task} />;
}

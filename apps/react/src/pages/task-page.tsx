import { useTask, type LiveTask } from '@taskwire/react';
import { announcement, taskRemarks } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { ErrorNotice, Notice, Skeleton } from '../components/feedback/notice.tsx';
import { TaskResult } from '../components/lists/facts.tsx';
import { SearchWithin } from '../components/search/search-results.tsx';
import { BackLink, PageHeading } from '../components/shell/page-heading.tsx';
import { TaskDetails } from '../components/task/task-details.tsx';
import { TaskHead } from '../components/task/task-head.tsx';
import { TaskMeter } from '../components/task/task-meter.tsx';
import { usePage } from '../hooks/use-page.ts';

/** One task, live. */
export function TaskPage({ taskId, query }: { taskId: string; query: string }): ReactNode {
  const task = useTask(taskId);
  const { route } = usePage();
  const { state } = task;
  if (state === undefined) return <TaskUnknown task={task} />;
  return (
    <>
      <TaskHead state={state} connection={task.connection} />
      <p className="visually-hidden" role="status">
        {announcement(state)}
      </p>
      {taskRemarks(task).map((remark) => (
        <Notice key={remark.title} remark={remark} />
      ))}
      <TaskMeter state={state} />
      <TaskResult state={state} />
      {state.status === 'done' && state.kind === 'document.ingest' && (
        <SearchWithin
          query={query}
          within={{ taskId }}
          onSearch={(words) => route.go({ page: 'task', taskId, query: words })}
        />
      )}
      <TaskDetails state={state} isEnded={task.isEnded} />
    </>
  );
}

function TaskUnknown({ task }: { task: LiveTask }): ReactNode {
  return (
    <>
      <BackLink to="tasks" />
      <PageHeading>Task</PageHeading>
      {task.connection === 'failed' ? <ErrorNotice error={task.error} /> : <Skeleton label="Loading the task" />}
    </>
  );
}

import type { TaskState } from '@taskwire/client';
import { useTask, type LiveTask } from '@taskwire/react';
import { announcement, formatPercent, formatRoute, kindNote, taskTitle } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { CancelButton } from '../components/cancel-button.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import { PageHeading } from '../components/page-heading.tsx';
import { RetryOf } from '../components/retry-of.tsx';
import { RunAgainButton } from '../components/run-again-button.tsx';
import { SearchWithin } from '../components/search-within.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { StageList } from '../components/stage-list.tsx';
import { ConnectionBadge, StatusBadge } from '../components/status-badge.tsx';
import { TaskLog } from '../components/task-log.tsx';
import { TaskMeter } from '../components/task-meter.tsx';
import { TaskRemarks } from '../components/task-remarks.tsx';
import { TaskResult } from '../components/task-result.tsx';
import { usePage } from '../page-context.ts';

/** One task, live. */
export function TaskPage({ taskId, query }: { taskId: string; query: string }): ReactNode {
  const task = useTask(taskId);
  const { route, titles } = usePage();
  const { state } = task;
  if (state === undefined) return <TaskUnknown task={task} />;
  const title = taskTitle(state, titles.find(taskId));
  return (
    <>
      <div className="page-head">
        <div className="page-head__text">
          <BackLink />
          <PageHeading windowTitle={task.isEnded ? title : `${formatPercent(task.percent)} ${title}`}>
            {title}
          </PageHeading>
          <div className="row">
            <StatusBadge status={state.status} testId="task-status" />
            {!task.isEnded && <ConnectionBadge connection={task.connection} />}
            <span className="eyebrow">{kindNote(state.kind, title)}</span>
            <RetryOf taskId={taskId} />
          </div>
        </div>
        <CancelButton taskId={taskId} status={state.status} />
        <RunAgainButton taskId={taskId} status={state.status} title={title} />
      </div>
      <p className="visually-hidden" role="status">
        {announcement(state)}
      </p>
      <TaskRemarks view={task} />
      <TaskMeter state={state} percent={task.percent} />
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
      <BackLink />
      <PageHeading>Task</PageHeading>
      {task.connection === 'failed' ? <ErrorNotice error={task.error} /> : <Skeleton label="Loading the task" />}
    </>
  );
}

function BackLink(): ReactNode {
  return (
    <a className="crumb" href={formatRoute({ page: 'tasks', filter: 'all' })}>
      ← All tasks
    </a>
  );
}

function TaskDetails({ state, isEnded }: { state: TaskState; isEnded: boolean }): ReactNode {
  return (
    <div className="columns columns--even">
      <section className="card" aria-labelledby="stages-title">
        <h2 id="stages-title">Stages</h2>
        <StageList stages={state.stages} isTaskEnded={isEnded} />
      </section>
      <section className="card" aria-labelledby="log-title">
        <h2 id="log-title">Log</h2>
        <TaskLog lines={state.logs} />
      </section>
    </div>
  );
}

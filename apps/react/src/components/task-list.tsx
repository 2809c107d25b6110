import type { Task } from '@taskwire/client';
import { trpc } from '@taskwire/react';
import { filterInput, listRefresh, liveTaskIds, type StatusFilter } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { LoadMoreButton } from './load-more-button.tsx';
import { ErrorNotice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';
import { LiveTaskRow, TaskRow } from './task-row.tsx';

const PAGE_SIZE = 20;

/** The reader's tasks, newest first, a page at a time. */
export function TaskList({ filter }: { filter: StatusFilter }): ReactNode {
  const list = trpc.task.list.useInfiniteQuery(
    { limit: PAGE_SIZE, ...filterInput(filter) },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: (query) => listRefresh((query.state.data?.pages ?? []).flatMap((page) => page.items)),
    },
  );
  const tasks = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <Skeleton label="Loading your tasks" />;
  return (
    <div className="stack">
      {list.isError && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tasks.length === 0 && <NoTasks filter={filter} />}
      {tasks.length > 0 && <Rows tasks={tasks} now={list.dataUpdatedAt} />}
      {list.hasNextPage && (
        <LoadMoreButton isLoading={list.isFetchingNextPage} onLoad={() => void list.fetchNextPage()} />
      )}
    </div>
  );
}

function Rows({ tasks, now }: { tasks: readonly Task[]; now: number }): ReactNode {
  const live = liveTaskIds(tasks);
  return (
    <ul className="task-list">
      {tasks.map((task) => (
        <li key={task.taskId} className="task-list__item">
          {live.has(task.taskId) ? <LiveTaskRow task={task} now={now} /> : <TaskRow task={task} now={now} />}
        </li>
      ))}
    </ul>
  );
}

function NoTasks({ filter }: { filter: StatusFilter }): ReactNode {
  return (
    <div className="empty">
      <h2>{filter === 'all' ? 'No tasks yet' : 'No such tasks'}</h2>
      <p>
        {filter === 'all'
          ? 'Upload a document to start your first one. You can watch it being read, page by page.'
          : 'Choose another filter to see the rest.'}
      </p>
    </div>
  );
}

import { listRefresh, liveTaskIds, noTasksWords, taskListInput, type StatusFilter } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { PagedList } from './paged-list.tsx';
import { LiveTaskRow, TaskRow } from './task-row.tsx';

/** The reader's tasks, newest first. The list loads again while some of them are unfinished. */
export function TaskList({ filter }: { filter: StatusFilter }): ReactNode {
  const list = trpc.task.list.useInfiniteQuery(taskListInput(filter), {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => listRefresh((query.state.data?.pages ?? []).flatMap((page) => page.items)),
  });
  const { title, text } = noTasksWords(filter);
  return (
    <div className="stack">
      <PagedList
        list={list}
        loadingLabel="Loading your tasks"
        empty={
          <>
            <h2>{title}</h2>
            <p>{text}</p>
          </>
        }
        keyOf={(task) => task.taskId}
        rowsOf={(tasks, now) => {
          const live = liveTaskIds(tasks);
          return (task) =>
            live.has(task.taskId) ? <LiveTaskRow task={task} now={now} /> : <TaskRow task={task} now={now} />;
        }}
      />
    </div>
  );
}

import type { Task } from '@taskwire/client';
import { useTaskwire } from '@taskwire/vue';
import { filterInput, listRefresh, type StatusFilter } from '@taskwire/web-kit';
import { computed, onScopeDispose, ref, type ComputedRef } from 'vue';
import { useRequest, type Request } from './use-request.ts';

const PAGE_SIZE = 20;

export interface TaskListing {
  tasks: ComputedRef<readonly Task[] | undefined>;
  request: Request<TaskPages>;
  hasMore: ComputedRef<boolean>;
  /** Asks for one more page. */
  loadMore: () => void;
}

interface TaskPages {
  items: Task[];
  nextCursor?: string;
}

/** The reader's tasks, newest first, a page at a time; asked for again as long as some of them are unfinished. */
export function useTaskList(filter: StatusFilter): TaskListing {
  const client = useTaskwire();
  const pages = ref(1);

  async function askAll(): Promise<TaskPages> {
    const items: Task[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pages.value; page += 1) {
      const position = cursor === undefined ? {} : { cursor };
      const answer = await client.trpc.task.list.query({ limit: PAGE_SIZE, ...position, ...filterInput(filter) });
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === undefined) break;
    }
    return cursor === undefined ? { items } : { items, nextCursor: cursor };
  }

  const request = useRequest(askAll);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  async function refresh(): Promise<void> {
    clearTimeout(timer);
    await request.run();
    const wait = listRefresh(request.data.value?.items ?? []);
    if (wait !== false && !isOver) timer = setTimeout(() => void refresh(), wait);
  }
  onScopeDispose(() => {
    isOver = true;
    clearTimeout(timer);
  });
  void refresh();

  return {
    tasks: computed(() => request.data.value?.items),
    request: { ...request, run: refresh },
    hasMore: computed(() => request.data.value?.nextCursor !== undefined),
    loadMore() {
      pages.value += 1;
      void refresh();
    },
  };
}

import { computed, onScopeDispose, type ComputedRef, type ShallowRef } from 'vue';
import { useRequest } from './use-request.ts';

interface ListPage<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextCursor?: string;
}

export interface PagedListOptions<Item> {
  /** Loads one page; without a cursor the first. */
  loadPage: (position: { cursor?: string }) => Promise<ListPage<Item>>;
  /** Time (ms) until all loaded pages load again; false: never. */
  refreshMs?: (items: readonly Item[]) => number | false;
}

export interface PagedList<Item> {
  /** The rows of all loaded pages; undefined before the first answer. */
  items: ComputedRef<readonly Item[] | undefined>;
  error: Readonly<ShallowRef<unknown>>;
  hasMore: ComputedRef<boolean>;
  isLoadingMore: ComputedRef<boolean>;
  loadMore: () => void;
  /** Repeats the latest request. */
  retry: () => void;
}

interface LoadedPages<Item> extends ListPage<Item> {
  count: number;
}

/** A list that loads page by page. The first page loads at once. */
export function usePagedList<Item>({ loadPage, refreshMs = () => false }: PagedListOptions<Item>): PagedList<Item> {
  let direction: 'again' | 'further' = 'again';
  const { data, error, isPending, run } = useRequest(send);

  function send(): Promise<LoadedPages<Item>> {
    return direction === 'again' ? loadAgain(data.value?.count ?? 1) : loadFurther(data.value);
  }

  async function loadFurther(loaded: LoadedPages<Item> = { items: [], count: 0 }): Promise<LoadedPages<Item>> {
    const { items, nextCursor, count } = loaded;
    const page = await loadPage(nextCursor === undefined ? {} : { cursor: nextCursor });
    return { ...page, items: [...items, ...page.items], count: count + 1 };
  }

  async function loadAgain(count: number): Promise<LoadedPages<Item>> {
    let loaded = await loadFurther();
    while (loaded.count < count && loaded.nextCursor !== undefined) loaded = await loadFurther(loaded);
    return loaded;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let latest = 0;
  async function load(): Promise<void> {
    latest += 1;
    const mine = latest;
    clearTimeout(timer);
    await run();
    const wait = refreshMs(data.value?.items ?? []);
    // Only the latest load plans the next one. A planned refresh would otherwise replace a pending click.
    if (mine === latest && wait !== false && !isOver) timer = setTimeout(refresh, wait);
  }
  function refresh(): void {
    direction = 'again';
    void load();
  }
  onScopeDispose(() => {
    isOver = true;
    clearTimeout(timer);
  });
  refresh();

  return {
    items: computed(() => data.value?.items),
    error,
    hasMore: computed(() => data.value?.nextCursor !== undefined),
    isLoadingMore: computed(() => isPending.value && direction === 'further'),
    loadMore() {
      if (isPending.value && direction === 'further') return;
      direction = 'further';
      void load();
    },
    retry: () => void load(),
  };
}

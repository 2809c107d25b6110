import type { Document } from '@taskwire/client';
import { useTaskwire } from '@taskwire/vue';
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useRequest } from './use-request.ts';

const PAGE_SIZE = 20;

export interface DocumentListing {
  /** The pages that came so far; undefined before the first one. */
  documents: Readonly<ShallowRef<readonly Document[] | undefined>>;
  error: Readonly<ShallowRef<unknown>>;
  isPending: Readonly<ShallowRef<boolean>>;
  hasMore: ComputedRef<boolean>;
  /** Asks for the next page, or again for one that did not come. */
  loadMore: () => void;
}

/** The reader's documents, newest first, a page at a time. The first page is asked for at once. */
export function useDocumentList(): DocumentListing {
  const client = useTaskwire();
  const documents = shallowRef<readonly Document[]>();
  const cursor = shallowRef<string>();
  const { error, isPending, run } = useRequest(async () => {
    const position = cursor.value === undefined ? {} : { cursor: cursor.value };
    const page = await client.trpc.document.list.query({ limit: PAGE_SIZE, ...position });
    documents.value = [...(documents.value ?? []), ...page.items];
    cursor.value = page.nextCursor;
  });
  const loadMore = (): void => {
    if (!isPending.value) void run();
  };
  loadMore();
  return { documents, error, isPending, hasMore: computed(() => cursor.value !== undefined), loadMore };
}

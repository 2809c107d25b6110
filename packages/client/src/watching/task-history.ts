import type { AppRouter, TypedTaskEvent } from '@taskwire/router';
import type { TRPCClient } from '@trpc/client';

const PAGE_SIZE = 500;

export interface HistoryOptions {
  /** Begin after this `seq`. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Every event of a task that there is now, in order, fetched page by page as it is read. */
export async function* readHistory(
  trpc: TRPCClient<AppRouter>,
  taskId: string,
  { after, signal }: HistoryOptions,
): AsyncGenerator<TypedTaskEvent, void, undefined> {
  let cursor = after;
  do {
    const page = await trpc.task.history.query({ taskId, limit: PAGE_SIZE, cursor }, signal ? { signal } : {});
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

import type { AppRouter, ShippedTaskEvent as TypedTaskEvent } from '@taskwire/router';
import type { TRPCClient } from '@trpc/client';

/** Number of events in one page. */
const PAGE_SIZE = 500;

export interface HistoryOptions {
  /** `seq` after which to begin. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Iterates the present events of a task in order. Pages are fetched as the reader needs them. */
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

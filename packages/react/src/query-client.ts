import { QueryClient } from '@tanstack/react-query';
import { toClientError } from '@taskwire/client';

const TRIES = 3;

/** A query cache that asks again only when the same call may succeed later. */
export function createTaskwireQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < TRIES && toClientError(error).isRetryable },
    },
  });
}

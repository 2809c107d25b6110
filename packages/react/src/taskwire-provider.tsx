import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { toClientError, type AppRouter, type TaskwireClient } from '@taskwire/client';
import { createTRPCReact, type CreateTRPCReact } from '@trpc/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';

/** Largest number of calls for one query. */
const TRIES = 3;

const TaskwireContext = createContext<TaskwireClient | undefined>(undefined);

/** The router's hooks from @trpc/react-query: `trpc.task.list.useQuery(…)`. They work below a TaskwireProvider. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

export interface TaskwireProviderProps {
  /** A client from `createTaskwireClient`. Its creator closes it. */
  client: TaskwireClient;
  /** The app's query cache; absent: the provider creates its own. */
  queryClient?: QueryClient;
  children?: ReactNode;
}

/** Provides a client to the hooks of this package and of `trpc`. */
export function TaskwireProvider({ client, queryClient, children }: TaskwireProviderProps): ReactNode {
  const [ownQueryClient] = useState(createTaskwireQueryClient);
  const cache = queryClient ?? ownQueryClient;
  return (
    <TaskwireContext value={client}>
      <trpc.Provider client={client.trpc} queryClient={cache}>
        <QueryClientProvider client={cache}>{children}</QueryClientProvider>
      </trpc.Provider>
    </TaskwireContext>
  );
}

/** A query cache that repeats a query only if the same call may succeed later. */
export function createTaskwireQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < TRIES && toClientError(error).isRetryable },
    },
  });
}

/**
 * The client of the nearest TaskwireProvider.
 * @throws Error outside of a TaskwireProvider.
 */
export function useTaskwire(): TaskwireClient {
  const client = useContext(TaskwireContext);
  if (client === undefined)
    throw new Error('put a <TaskwireProvider client={…}> around the components that use Taskwire');
  return client;
}

import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import {
  toClientError,
  type AnyRouter,
  type AppRouter,
  type TaskwireCalls,
  type TaskwireClient,
} from '@taskwire/client';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { clientOf } from './type-assertions.ts';

/** Largest number of calls for one query. */
const TRIES = 3;

const TaskwireContext = createContext<TaskwireCalls | undefined>(undefined);

export interface TaskwireProviderProps {
  /** A client from `createTaskwireClient`. Its creator closes it. */
  client: TaskwireCalls;
  /** The app's query cache; absent: that of the nearest `QueryClientProvider`, or one of its own. */
  queryClient?: QueryClient;
  children?: ReactNode;
}

/**
 * Provides a client to the hooks of this package. It leaves the app's own tRPC alone: hooks of
 * `createTRPCReact<AppRouter>()` need the `Provider` of that object, with `client.trpc`.
 */
export function TaskwireProvider({ client, queryClient, children }: TaskwireProviderProps): ReactNode {
  const appQueryClient = useContext(QueryClientContext);
  const [ownQueryClient] = useState(createTaskwireQueryClient);
  return (
    <TaskwireContext value={client}>
      <QueryClientProvider client={queryClient ?? appQueryClient ?? ownQueryClient}>{children}</QueryClientProvider>
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
 * The client of the nearest TaskwireProvider. `Router` is the router of the client that it was given.
 * @throws Error outside of a TaskwireProvider.
 */
export function useTaskwire<Router extends AnyRouter = AppRouter>(): TaskwireClient<Router> {
  const client = useContext(TaskwireContext);
  if (client === undefined)
    throw new Error('put a <TaskwireProvider client={…}> around the components that use Taskwire');
  return clientOf<Router>(client);
}

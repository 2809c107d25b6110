import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { TaskwireClient } from '@taskwire/client';
import { useState, type ReactNode } from 'react';
import { createTaskwireQueryClient } from './query-client.ts';
import { TaskwireContext } from './taskwire-context.ts';
import { trpc } from './trpc.ts';

export interface TaskwireProviderProps {
  /** Made by `createTaskwireClient`; whoever made it closes it. */
  client: TaskwireClient;
  /** The cache to use, if the app has one already; else the provider has one of its own. */
  queryClient?: QueryClient;
  children?: ReactNode;
}

/** Gives a client to all hooks of this package and of `trpc` below it. */
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

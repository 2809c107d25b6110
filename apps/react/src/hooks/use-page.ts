import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ServerConfig } from '@taskwire/client';
import { useTaskwire } from '@taskwire/react';
import type { ReadableStore, WebPage } from '@taskwire/web-kit';
import { createContext, useContext, useSyncExternalStore } from 'react';

export const PageContext = createContext<WebPage | undefined>(undefined);

/** The page of the app. @throws Error outside of a PageContext. */
export function usePage(): WebPage {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('there is no PageContext around this component');
  return page;
}

/** The value of a store, updated after each change. */
export function useStore<Value>(store: ReadableStore<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** The server's settings: way of signing in, size and types of uploads. */
export function useServerConfig(): UseQueryResult<ServerConfig> {
  const client = useTaskwire();
  return useQuery({ queryKey: ['server-config'], queryFn: () => client.config(), staleTime: Infinity });
}

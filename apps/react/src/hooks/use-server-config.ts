import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ServerConfig } from '@taskwire/client';
import { useTaskwire } from '@taskwire/react';

/** How the server wants to be used: sign-in, size and types of uploads. */
export function useServerConfig(): UseQueryResult<ServerConfig> {
  const client = useTaskwire();
  return useQuery({ queryKey: ['server-config'], queryFn: () => client.config(), staleTime: Infinity });
}

import type { ServerConfig } from '@taskwire/client';
import { useTaskwire } from '@taskwire/vue';
import { useRequest, type Request } from './use-request.ts';

/** How the server wants to be used: sign-in, size and types of uploads. Asked for at once. */
export function useServerConfig(): Request<ServerConfig> {
  const client = useTaskwire();
  const request = useRequest(() => client.config());
  void request.run();
  return request;
}

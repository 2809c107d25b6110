import { useTaskwire } from '@taskwire/vue';
import type { PageClient } from '@taskwire/web-kit';

/** The client of the app, with the procedures of its server. */
export function useClient(): PageClient {
  return useTaskwire();
}

import type { TaskwireClient } from '@taskwire/client';
import type { StandardRouter } from '../server/standard-router.ts';

/** The procedures of a server with the standard tasks. Another server answers that it has no such procedure. */
export function standardProcedures(client: TaskwireClient): TaskwireClient<StandardRouter>['trpc'] {
  return (client as unknown as TaskwireClient<StandardRouter>).trpc;
}

import type { StandardAppRouter } from '@taskwire/web-kit';
import { createTRPCReact, type CreateTRPCReact } from '@trpc/react-query';

/** The hooks of the server's router: `trpc.task.list.useQuery(…)`. */
export const trpc: CreateTRPCReact<StandardAppRouter, unknown> = createTRPCReact<StandardAppRouter>();

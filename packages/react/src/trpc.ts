import type { AppRouter } from '@taskwire/client';
import { createTRPCReact, type CreateTRPCReact } from '@trpc/react-query';

/** The hooks that @trpc/react-query makes of the router: `trpc.task.list.useQuery(…)`. They work in a TaskwireProvider. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

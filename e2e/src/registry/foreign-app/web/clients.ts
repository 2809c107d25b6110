import { createTaskwireClient } from '@taskwire/client';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { BakeryRouter } from '../backend/router';

/** The bakery's own router, which has Taskwire's procedures under `taskwire`. */
export const bakery = createTRPCClient<BakeryRouter>({ links: [httpBatchLink({ url: '/rpc' })] });

/** Taskwire's own routes, for uploads and streams; the session's cookie says who calls. */
export const taskwire = createTaskwireClient({ url: '/taskwire', credentials: 'include' });

import type { StandardRouter } from '@taskwire/standard-tasks';

/** The router of the server that serves the web apps. */
export type StandardAppRouter = StandardRouter;

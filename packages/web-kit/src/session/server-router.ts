import type { AppRouter } from '@taskwire/router';

/** The router of the server that serves the web apps. */
export type StandardAppRouter = AppRouter;

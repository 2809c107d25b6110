import type { Server } from 'node:http';
import type { Logger } from 'pino';

/** How often (ms) connections that have become idle are looked for. */
const IDLE_SWEEP_MS = 50;

/**
 * Takes no more connections, lets the running requests finish, and closes each connection as it becomes idle; after
 * `drainMs` milliseconds the rest is cut off.
 */
export function drainServer(server: Server, { drainMs, logger }: { drainMs: number; logger: Logger }): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const deadline = setTimeout(() => {
      server.getConnections((_error, connections) =>
        logger.warn({ connections }, 'requests that did not end are cut off'),
      );
      server.closeAllConnections();
    }, drainMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve();
    });
  });
}

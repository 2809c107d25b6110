import type { Server } from 'node:http';
import type { Logger } from 'pino';

/** Interval (ms) at which idle connections are closed. */
const IDLE_SWEEP_MS = 50;

/** Resolves once the server listens. @throws the error of listening. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The address at which a person on this machine reaches a server that listens on `host`. */
export function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

/**
 * Refuses new connections, lets the running requests finish, and closes each connection when it becomes idle. After
 * `drainMs` milliseconds it cuts the others off.
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

import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

/** Connects, runs `work`, and disconnects. */
export async function withConnection<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection lost in the middle shows as the failure of the query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Tries until a connection succeeds; gives up when `givesUp` says so or the login is refused, with the last reason. */
export async function waitForConnection(databaseUrl: string, givesUp: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await withConnection(databaseUrl, () => Promise.resolve());
    } catch (error) {
      if (givesUp() || isRefusedLogin(error)) {
        throw error;
      }
      await delay(20);
    }
  }
}

function isRefusedLogin(error: unknown): boolean {
  // Class 28 of PostgreSQL's error codes: invalid authorization.
  return error instanceof pg.DatabaseError && error.code?.startsWith('28') === true;
}

/** Makes a database that is not there yet. */
export async function ensureDatabase(maintenanceUrl: string, name: string): Promise<void> {
  await withConnection(maintenanceUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    }
  });
}

/** The same server and login, another database. */
export function withDatabaseName(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

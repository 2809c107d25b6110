// Only for this package's tests. Others use createTestDatabase of @taskwire/test-kit, which builds on this package.
import { randomUUID } from 'node:crypto';

import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the PostgreSQL that the global setup started. */
    databaseUrl: string;
  }
}

export interface ScratchDatabase {
  databaseUrl: string;
  drop: () => Promise<void>;
}

/** Makes an empty database on the test run's PostgreSQL. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { databaseUrl: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

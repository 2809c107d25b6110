import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '@taskwire/db';
import { startPostgres } from '@taskwire/dev-stack';

/** A PostgreSQL for one program alone, in a throw-away folder. */
export interface TestPostgres {
  /** Of a migrated database. */
  databaseUrl: string;
  /** Ends the server and deletes its folder. */
  stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of its own on a free port, and migrates its database; some 2 s.
 *
 * @throws DevStackError if it cannot be started
 */
export async function createTestPostgres(): Promise<TestPostgres> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'taskwire-postgres-'));
  // As root, PostgreSQL runs as another user, who must enter it.
  await chmod(dataDirectory, 0o755);
  const postgres = await startPostgres({ dataDirectory, durable: false });
  const stop = async () => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await migrateDatabase({ databaseUrl: postgres.databaseUrl });
    return { databaseUrl: postgres.databaseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

import { createDatabase, type Database, type DatabaseOptions } from '../connection/client.ts';
import { migrateDatabase } from '../migrating/migrate.ts';
import { createScratchDatabase } from './scratch-database.ts';

/** A database for one test file, with all migrations applied. Call `close` in `afterAll`. */
export interface MigratedDatabase {
  databaseUrl: string;
  database: Database;
  close(): Promise<void>;
}

export async function openMigratedDatabase(
  options: Omit<DatabaseOptions, 'connectionString'> = {},
): Promise<MigratedDatabase> {
  const scratch = await createScratchDatabase();
  await migrateDatabase(scratch);
  const database = createDatabase({ connectionString: scratch.databaseUrl, ...options });
  return {
    databaseUrl: scratch.databaseUrl,
    database,
    async close() {
      await database.$disconnect();
      await scratch.drop();
    },
  };
}

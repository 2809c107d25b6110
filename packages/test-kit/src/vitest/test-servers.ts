import type {} from '@taskwire/dev-stack/provided-context';
import { inject } from 'vitest';
import { copyTemplateDatabase, makeEmptyDatabase, type TestDatabase } from '../servers/test-database.ts';
import { createTestRedis, type TestRedis } from '../servers/test-redis.ts';
import { createTemporaryFolder } from '../temporary-folder.ts';

/**
 * Makes a fresh, migrated database for a test file, on the PostgreSQL of the test run (`global-setup.ts`).
 * Drop it in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplateDatabase(inject('databaseUrl'));
}

/** Makes a database without any tables of ours, for tests of migrations. Drop it in `afterAll`. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return makeEmptyDatabase(inject('databaseUrl'));
}

/** A PostgreSQL database, a Redis and a folder for uploads, for one test file alone. */
export interface TestServers {
  database: TestDatabase;
  redis: TestRedis;
  uploadDirectory: string;
  /** Ends and deletes them all. */
  close(): Promise<void>;
}

/** Starts them. Close them in `afterAll`. */
export async function openTestServers(): Promise<TestServers> {
  const [database, redis, uploads] = await Promise.all([
    createTestDatabase(),
    createTestRedis(),
    createTemporaryFolder('uploads'),
  ]);
  return {
    database,
    redis,
    uploadDirectory: uploads.path,
    async close() {
      await Promise.all([database.drop(), redis.stop(), uploads.remove()]);
    },
  };
}

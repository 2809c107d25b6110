import { inject } from 'vitest';

import './provided-context.ts';
import { copyTemplateDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

export { createTestRedis } from './test-redis.ts';
export type { TestRedis } from './test-redis.ts';
export type { TestDatabase } from './test-database.ts';

/**
 * Makes a fresh, migrated database for a test file, on the PostgreSQL of the test run (see `vitest-global-setup.ts`).
 * Drop it in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await copyTemplateDatabase(inject('databaseUrl'));
}

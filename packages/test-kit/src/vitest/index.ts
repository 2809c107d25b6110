// For tests alone: these need a run of vitest.
export { eventually } from './eventually.ts';
export { createEmptyDatabase, createTestDatabase, openTestServers, type TestServers } from './test-servers.ts';
export { useTemporaryFolder } from './use-temporary-folder.ts';
export type { TestDatabase } from '../servers/test-database.ts';

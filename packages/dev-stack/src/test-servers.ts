// Servers for programs that break them on purpose, outside of a vitest run too.
export { createTestPostgres } from './test-postgres.ts';
export type { TestPostgres } from './test-postgres.ts';
export { createTestRedis } from './test-redis.ts';
export type { TestRedis } from './test-redis.ts';

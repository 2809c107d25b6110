/** What the global setup hands to every test file, by vitest's `inject`. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the PostgreSQL of this test run. Shared: use `createTestDatabase` for a database of your own. */
    databaseUrl: string;
    /** Of the Redis of this test run. Shared: use `createTestRedis` for one of your own. */
    redisUrl: string;
  }
}

export {};

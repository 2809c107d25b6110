/** Addresses that the global setup of tests gives to every test file (vitest's `inject`). */
declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the PostgreSQL of the test run, which all test files share. */
    databaseUrl: string;
    /** Of the Redis of the test run, which all test files share. */
    redisUrl: string;
  }
}

export {};

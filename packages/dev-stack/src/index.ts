export { startDevStack } from './dev-stack.ts';
export type { DevStack, DevStackOptions } from './dev-stack.ts';
export { DevStackError } from './dev-stack-error.ts';
export type { DevStackErrorCode } from './dev-stack-error.ts';
export type { Log } from './log.ts';
export { startPostgres } from './postgres/start-postgres.ts';
export type { PostgresOptions, RunningPostgres } from './postgres/start-postgres.ts';
export { startRedis } from './redis/start-redis.ts';
export type { RedisOptions, RunningRedis } from './redis/start-redis.ts';
export { watchOver } from './processes/watchdog.ts';

// Parts of it, for servers of tests.
export { ensureDatabase, withConnection, withDatabaseName } from './postgres/connection.ts';
export { findRedisProgram } from './redis/program.ts';
export { startRedisServer } from './redis/server.ts';

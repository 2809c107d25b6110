// The client
export { createDatabase } from './client.ts';
export type { Database, DatabaseOptions } from './client.ts';

// Migrations
export { migrateDatabase } from './migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrate.ts';
export { MigrationError } from './migration-error.ts';
export type { MigrationErrorCode } from './migration-error.ts';

// Persisted snapshots
export { loadTaskSnapshot, recordTaskEnd } from './task-snapshots.ts';

// What schema.prisma describes
export { Prisma, TaskStatus } from './generated/client.ts';
export type { DocumentChunk, Project, Task, Upload } from './generated/client.ts';

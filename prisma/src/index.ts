// The client
export { createAdapter, createDatabase } from './connection/client.ts';
export type { Database, DatabaseOptions, Transaction } from './connection/client.ts';

export { DatabaseUrlError, parseDatabaseUrl } from './connection/database-url.ts';
export type { DatabaseAddress } from './connection/database-url.ts';
export type { QueryRunner, StatementRunner } from './connection/statement-runner.ts';

// Waiting for a server that is away
export { patiently } from './connection/patiently.ts';
export type { Patience } from './connection/patiently.ts';

// Migrations
export { migrate, migrateDatabase } from './migrating/migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrating/migrate.ts';
export { MigrationError } from './migrating/migration-error.ts';
export type { MigrationErrorCode } from './migrating/migration-error.ts';
export type { TakeOver } from './migrating/take-over.ts';

// A new task's row
export { INSERT_SETTLED_MS, insertTask } from './tasks/insert-task.ts';
export type { TaskToInsert } from './tasks/insert-task.ts';
export { checkEncoding, DatabaseEncodingError } from './connection/check-encoding.ts';
export { checkWritable } from './connection/check-writable.ts';
export { connectionFailure } from './connection/connection-failure.ts';
export { connectionRefusal } from './connection/connection-refusal.ts';

// Deletion
export { deleteEndedTasks, deleteUnusedUploads } from './tasks/delete-tasks.ts';
export type { DeletedTasks } from './tasks/delete-tasks.ts';

// Persisted snapshots
export { loadTaskSnapshot, recordTaskEnd, saveTaskSnapshot } from './tasks/task-snapshots.ts';
export type { SnapshotClient } from './tasks/task-snapshots.ts';

// History
export { archiveEvents, archivedThrough, markArchived } from './history/archive-events.ts';
export type { ArchivingClient, HistoryReader } from './history/archive-events.ts';
export { loadHistory } from './history/task-history.ts';

// Stage results
export { loadStageResults, saveStageResult } from './history/stage-results.ts';

// The rows of schema.prisma
export { Prisma, TaskStatus } from './generated/client.ts';
export type { Project, Task, Upload } from './generated/client.ts';

// The client
export { createDatabase } from './client.ts';
export type { Database, DatabaseOptions, Transaction } from './client.ts';

export { DatabaseUrlError, parseDatabaseUrl } from './database-url.ts';

// Waiting for a server that is away
export { patiently } from './patiently.ts';
export type { Patience } from './patiently.ts';

// Migrations
export { migrateDatabase } from './migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrate.ts';
export { MigrationError } from './migration-error.ts';
export type { MigrationErrorCode } from './migration-error.ts';

// A new task's row
export { INSERT_SETTLED_MS, insertTask } from './insert-task.ts';
export type { TaskToInsert } from './insert-task.ts';
export { checkEncoding, DatabaseEncodingError } from './check-encoding.ts';
export { checkWritable } from './check-writable.ts';
export { connectionFailure } from './connection-failure.ts';

// Deletion
export { deleteEndedTasks, deleteUnusedUploads } from './delete-tasks.ts';
export type { DeletedTasks } from './delete-tasks.ts';
export { releaseUploads } from './release-uploads.ts';

// Persisted snapshots
export { loadTaskSnapshot, recordTaskEnd, saveTaskSnapshot } from './task-snapshots.ts';
export type { SnapshotClient } from './task-snapshots.ts';

// History
export { archiveEvents, archivedThrough } from './archive-events.ts';
export type { ArchivingClient, HistoryReader } from './archive-events.ts';
export { loadHistory } from './task-history.ts';
export { markArchived } from './mark-archived.ts';

// Stage results
export { loadStageResults, saveStageResult } from './stage-results.ts';

// What schema.prisma describes
export { Prisma, TaskStatus } from './generated/client.ts';
export type { Document, DocumentChunk, Project, Task, Upload } from './generated/client.ts';

import type { LogLevel, OptionVariables } from '@taskwire/process-kit';
import { uploadOptionVariables, type UploadOptions } from '@taskwire/uploads';

/** Settings of a worker. Each may also be given by the environment variable that is named behind it. */
export interface SettingOptions extends UploadOptions {
  /** Address of PostgreSQL, the same as the server's (DATABASE_URL). */
  databaseUrl?: string | undefined;
  /** Address of Redis, the same as the server's (REDIS_URL). */
  redisUrl?: string | undefined;
  /** Number of tasks that run at once; 2 if absent (WORKER_CONCURRENCY). */
  concurrency?: number | undefined;
  /** Time (ms) that running tasks have to finish when the worker stops; 10,000 if absent (WORKER_GRACE_MS). */
  graceMs?: number | undefined;
  /** Time (ms) that a handler has to end after its signal has aborted; 5,000 if absent (CANCEL_GRACE_MS). */
  cancelGraceMs?: number | undefined;
  /** Longest time (ms) until new events of a running task are in PostgreSQL (SNAPSHOT_EVERY_MS). */
  snapshotEveryMs?: number | undefined;
  /** Number of new events that are written to PostgreSQL at once (SNAPSHOT_EVERY_EVENTS). */
  snapshotEveryEvents?: number | undefined;
  /** Number of the latest events of a task that stay in Redis (LOG_KEPT_EVENTS). */
  logKeptEvents?: number | undefined;
  /** Time (ms) between two searches for tasks that a crash left behind (RECONCILE_EVERY_MS). */
  reconcileEveryMs?: number | undefined;
  /** Days for which an ended task is kept; for ever if absent (TASKS_KEPT_DAYS). */
  tasksKeptDays?: number | undefined;
  /** Days for which the history of an ended task is kept; as long as the task if absent (HISTORY_KEPT_DAYS). */
  historyKeptDays?: number | undefined;
  /** Hours for which an upload is kept that no task uses (UPLOADS_KEPT_HOURS). */
  uploadsKeptHours?: number | undefined;
  /** Hours for which files made of uploads are kept (DERIVED_FILES_KEPT_HOURS). */
  derivedFilesKeptHours?: number | undefined;
  /** Time (ms) between two searches for old data (SWEEP_EVERY_MS). */
  sweepEveryMs?: number | undefined;
  /** Whether it runs kinds with `isDemo` (DEMO_TASKS). */
  demoTasks?: boolean | undefined;
  logLevel?: LogLevel | undefined;
}

/** The variable of each option. A missing one does not compile. */
export const OPTION_VARIABLES: OptionVariables<SettingOptions> = {
  databaseUrl: 'DATABASE_URL',
  redisUrl: 'REDIS_URL',
  ...uploadOptionVariables,
  concurrency: 'WORKER_CONCURRENCY',
  graceMs: 'WORKER_GRACE_MS',
  cancelGraceMs: 'CANCEL_GRACE_MS',
  snapshotEveryMs: 'SNAPSHOT_EVERY_MS',
  snapshotEveryEvents: 'SNAPSHOT_EVERY_EVENTS',
  logKeptEvents: 'LOG_KEPT_EVENTS',
  reconcileEveryMs: 'RECONCILE_EVERY_MS',
  tasksKeptDays: 'TASKS_KEPT_DAYS',
  historyKeptDays: 'HISTORY_KEPT_DAYS',
  uploadsKeptHours: 'UPLOADS_KEPT_HOURS',
  derivedFilesKeptHours: 'DERIVED_FILES_KEPT_HOURS',
  sweepEveryMs: 'SWEEP_EVERY_MS',
  demoTasks: 'DEMO_TASKS',
  logLevel: 'LOG_LEVEL',
};

import {
  databaseUrl,
  logLevel,
  oneOf,
  optionalWholeNumber,
  parseEnvironment,
  readOptions,
  redisUrl,
  wholeNumber,
  type LogLevel,
  type Variables,
} from '@taskwire/process-kit';
import { uploadProblems, uploadSettingsOf, uploadVariables, type UploadStorageSettings } from '@taskwire/uploads';
import * as z from 'zod';
import { OPTION_VARIABLES, type SettingOptions } from './options.ts';
import { DEFAULT_RECONCILING } from './reconciling/reconciler-dependencies.ts';
import { DEFAULT_RETENTION, type RetentionSettings } from './retention/retention-dependencies.ts';
import { DEFAULT_SWEEPING, type SweepSettings } from './sweeping/sweep-dependencies.ts';

const HOUR_MS = 60 * 60 * 1_000;

const variablesSchema = z.object({
  DATABASE_URL: databaseUrl(),
  REDIS_URL: redisUrl(),
  ...uploadVariables,
  WORKER_CONCURRENCY: wholeNumber({ min: 1, max: 100, default: 2, meaning: 'the number of tasks that run at once' }),
  WORKER_GRACE_MS: wholeNumber({
    ...{ min: 0, max: 3_600_000, default: 10_000 },
    meaning: 'the time (ms) that running tasks have to finish when the worker stops',
  }),
  CANCEL_GRACE_MS: wholeNumber({
    ...{ min: 0, max: 600_000, default: 5_000 },
    meaning: 'the time (ms) that a handler has to end after its task was canceled or ran out of time',
  }),
  SNAPSHOT_EVERY_MS: wholeNumber({
    ...{ min: 10, max: 3_600_000, default: DEFAULT_RETENTION.snapshotEveryMs },
    meaning: 'the time (ms) between two writes of the state of a running task',
  }),
  SNAPSHOT_EVERY_EVENTS: wholeNumber({
    ...{ min: 1, max: 1_000_000, default: DEFAULT_RETENTION.snapshotEveryEvents },
    meaning: 'the number of events after which the state of a task is written at once',
  }),
  LOG_KEPT_EVENTS: wholeNumber({
    ...{ min: 0, max: 1_000_000, default: DEFAULT_RETENTION.logKeptEvents },
    meaning: 'the number of the latest events of a task that stay in Redis',
  }),
  RECONCILE_EVERY_MS: wholeNumber({
    ...{ min: 100, max: 3_600_000, default: DEFAULT_RECONCILING.everyMs },
    meaning: 'the time (ms) between two searches for tasks that a crash left behind',
  }),
  TASKS_KEPT_DAYS: optionalWholeNumber({
    ...{ min: 1, max: 36_500, leftOut: 'to keep it for ever' },
    meaning: 'the number of days that an ended task is kept',
  }),
  HISTORY_KEPT_DAYS: optionalWholeNumber({
    ...{ min: 1, max: 36_500, leftOut: 'to keep it as long as the task' },
    meaning: 'the number of days that the history of an ended task is kept',
  }),
  UPLOADS_KEPT_HOURS: wholeNumber({
    ...{ min: 1, max: 876_000, default: DEFAULT_SWEEPING.uploadsKeptMs / HOUR_MS },
    meaning: 'the number of hours that an upload is kept that no task uses',
  }),
  DERIVED_FILES_KEPT_HOURS: wholeNumber({
    ...{ min: 1, max: 876_000, default: DEFAULT_SWEEPING.derivedFilesKeptMs / HOUR_MS },
    meaning: 'the number of hours that files made of uploads are kept',
  }),
  SWEEP_EVERY_MS: wholeNumber({
    ...{ min: 1_000, max: 86_400_000, default: DEFAULT_SWEEPING.everyMs },
    meaning: 'the time (ms) between two searches for old data',
  }),
  DEMO_TASKS: oneOf(['on', 'off'], 'off', 'give on to run the kinds demo.*, as the api offers them, or leave it out'),
  LOG_LEVEL: logLevel(),
});

/** Settings of the worker process. Folders are absolute. */
export interface Environment {
  databaseUrl: string;
  redisUrl: string;
  /** The storage of uploaded files, the same as the server's. */
  uploads: UploadStorageSettings;
  /** Number of tasks that run at once. */
  concurrency: number;
  /** Time (ms) that running tasks have to finish when the worker stops. */
  graceMs: number;
  /** Time (ms) that a handler has to end after its signal has aborted. */
  cancelGraceMs: number;
  retention: RetentionSettings;
  /** Time (ms) between two searches for tasks that a crash or lost data left behind. */
  reconcileEveryMs: number;
  /** Times for which tasks, history, uploads and files are kept. */
  sweeping: SweepSettings;
  /** Whether it runs the kinds for demonstrations. */
  hasDemoTasks: boolean;
  logLevel: LogLevel;
}

/**
 * Reads the environment variables; an empty one counts as absent.
 * @throws EnvironmentError naming every bad variable at once.
 */
export function readEnvironment(variables: Variables = process.env): Environment {
  const values = parseEnvironment(variables, { schema: variablesSchema, problemsOf: uploadProblems });
  return {
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    uploads: uploadSettingsOf(values),
    concurrency: values.WORKER_CONCURRENCY,
    graceMs: values.WORKER_GRACE_MS,
    cancelGraceMs: values.CANCEL_GRACE_MS,
    retention: {
      snapshotEveryMs: values.SNAPSHOT_EVERY_MS,
      snapshotEveryEvents: values.SNAPSHOT_EVERY_EVENTS,
      logKeptEvents: values.LOG_KEPT_EVENTS,
    },
    reconcileEveryMs: values.RECONCILE_EVERY_MS,
    sweeping: sweepingOf(values),
    hasDemoTasks: values.DEMO_TASKS === 'on',
    logLevel: values.LOG_LEVEL,
  };
}

function sweepingOf(values: z.infer<typeof variablesSchema>): SweepSettings {
  const days = (count: number | undefined) => (count === undefined ? undefined : count * 24 * HOUR_MS);
  return {
    ...DEFAULT_SWEEPING,
    everyMs: values.SWEEP_EVERY_MS,
    tasksKeptMs: days(values.TASKS_KEPT_DAYS),
    historyKeptMs: days(values.HISTORY_KEPT_DAYS),
    uploadsKeptMs: values.UPLOADS_KEPT_HOURS * HOUR_MS,
    derivedFilesKeptMs: values.DERIVED_FILES_KEPT_HOURS * HOUR_MS,
  };
}

/**
 * Reads the settings of a worker: its options, and variables for those that are absent.
 * @throws EnvironmentError naming every bad option and variable at once.
 */
export function readSettings(options: SettingOptions, variables: Variables = process.env): Environment {
  return readOptions({ options, names: OPTION_VARIABLES, environment: variables }, readEnvironment);
}

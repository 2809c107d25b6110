import { DatabaseUrlError, parseDatabaseUrl } from '@taskwire/db';
import { REDIS_URL_FORM, isRedisUrl } from '@taskwire/event-log';
import * as z from 'zod';
import { DEFAULT_LIMITS } from '@taskwire/documents';
import type { ReadingSettings } from './documents/reading-settings.ts';
import { INPUT, LANGUAGE, splitCommand, TESSERACT_COMMAND } from './documents/recognition/recognition-settings.ts';
import { DEFAULT_RECONCILING } from './reconciling/reconciler-settings.ts';
import { DEFAULT_RETENTION, type RetentionSettings } from './retention/retention-settings.ts';
import { DEFAULT_SWEEPING, type SweepSettings } from './sweeping/sweep-settings.ts';

const MIB = 1_024 * 1_024;
const HOUR_MS = 60 * 60 * 1_000;
const wholeNumber = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

/** Every variable, with what to do if it is missing or wrong. Values are never shown: some hold passwords. */
const REMEDIES = {
  DATABASE_URL:
    'set it to the address of PostgreSQL: postgresql://user:password@host:5432/database, with ?schema=name (letters, digits, _) if the tables are in a schema of their own',
  REDIS_URL: `set it to the address of Redis: ${REDIS_URL_FORM}`,
  UPLOAD_DIRECTORY: 'set it to the folder in which the api keeps uploads',
  WORKER_CONCURRENCY: 'set it to how many tasks to run at once, 1 to 100, or leave it out for 2',
  WORKER_GRACE_MS: 'set it to how long (ms) running tasks may finish when the worker stops, or leave it out for 10000',
  CANCEL_GRACE_MS:
    'set it to how long (ms) a handler may go on after its task was canceled or ran out of time, or leave it out for 5000',
  SNAPSHOT_EVERY_MS: 'set it to how often (ms) the state of a running task is persisted, or leave it out for 5000',
  SNAPSHOT_EVERY_EVENTS: 'set it to after how many events the state is persisted at once, or leave it out for 1000',
  LOG_KEPT_EVENTS: 'set it to how many of the latest events of a task stay in Redis, or leave it out for 5000',
  RECONCILE_EVERY_MS: 'set it to how often (ms) left tasks are looked for, or leave it out for 3000',
  TASKS_KEPT_DAYS: 'set it to how many days an ended task is kept, 1 to 36500, or leave it out to keep it for ever',
  HISTORY_KEPT_DAYS:
    'set it to how many days the history of an ended task is kept, 1 to 36500, or leave it out to keep it as long as the task',
  UPLOADS_KEPT_HOURS:
    'set it to how many hours an upload is kept that no task uses, 1 to 876000, or leave it out for 24',
  DERIVED_FILES_KEPT_HOURS:
    'set it to how many hours files that were made of uploads are kept, 1 to 876000, or leave it out for 168',
  SWEEP_EVERY_MS: 'set it to how often (ms) old data is looked for, or leave it out for 600000',
  DOCUMENT_MEMORY_MIB:
    'set it to how much memory (MiB) reading one document may take, 64 to 65536, or leave it out for 1024',
  DOCUMENT_CPU_SECONDS: 'set it to how much processor time (s) reading one document may take, or leave it out for 900',
  DOCUMENT_PAGE_CPU_SECONDS:
    'set it to how much processor time (s) one page of a document may take, or leave it out for 15',
  DOCUMENT_SILENCE_MS:
    'set it to how long (ms) the reader of a document may give nothing new, or leave it out for 120000',
  DOCUMENT_PAGES: 'set it to how many pages a document may have, or leave it out for 20000',
  DOCUMENT_UNPACKED_MIB:
    'set it to how much (MiB) the packed parts of a document may unpack to, or leave it out for 512',
  DOCUMENT_DEPTH: 'set it to how many levels deep a document may be nested, or leave it out for 10000',
  OCR: 'set it to tesseract to recognise the text of scanned pages by Tesseract, or leave it out for off',
  OCR_COMMAND: `set it to a command that prints the text of an image, with ${INPUT} for its path and ${LANGUAGE} for the language, or leave it out`,
  OCR_LANGUAGE:
    'set it to the languages of scanned pages by the names that the program knows (deu+eng), or leave it out for eng',
  OCR_PAGE_MS: 'set it to how long (ms) the text recognition of one page may take, or leave it out for 60000',
  DEMO_TASKS: 'set it to on to run the kinds demo.*, as the api offers them, or leave it out for off',
  LOG_LEVEL: 'set it to one of fatal, error, warn, info, debug, trace, silent, or leave it out for info',
} as const;

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).refine(hasUsableSchema),
  REDIS_URL: z.string().refine(isRedisUrl),
  UPLOAD_DIRECTORY: z.string().min(1),
  WORKER_CONCURRENCY: wholeNumber(1, 100).default(2),
  WORKER_GRACE_MS: wholeNumber(0, 3_600_000).default(10_000),
  CANCEL_GRACE_MS: wholeNumber(0, 600_000).default(5_000),
  SNAPSHOT_EVERY_MS: wholeNumber(10, 3_600_000).default(DEFAULT_RETENTION.snapshotEveryMs),
  SNAPSHOT_EVERY_EVENTS: wholeNumber(1, 1_000_000).default(DEFAULT_RETENTION.snapshotEveryEvents),
  LOG_KEPT_EVENTS: wholeNumber(0, 1_000_000).default(DEFAULT_RETENTION.logKeptEvents),
  RECONCILE_EVERY_MS: wholeNumber(100, 3_600_000).default(DEFAULT_RECONCILING.everyMs),
  TASKS_KEPT_DAYS: wholeNumber(1, 36_500).optional(),
  HISTORY_KEPT_DAYS: wholeNumber(1, 36_500).optional(),
  UPLOADS_KEPT_HOURS: wholeNumber(1, 876_000).default(DEFAULT_SWEEPING.uploadsKeptMs / HOUR_MS),
  DERIVED_FILES_KEPT_HOURS: wholeNumber(1, 876_000).default(DEFAULT_SWEEPING.derivedFilesKeptMs / HOUR_MS),
  SWEEP_EVERY_MS: wholeNumber(1_000, 86_400_000).default(DEFAULT_SWEEPING.everyMs),
  DOCUMENT_MEMORY_MIB: wholeNumber(64, 65_536).default(DEFAULT_LIMITS.memoryMiB),
  DOCUMENT_CPU_SECONDS: wholeNumber(1, 86_400).default(DEFAULT_LIMITS.cpuSeconds),
  DOCUMENT_PAGE_CPU_SECONDS: wholeNumber(1, 86_400).default(DEFAULT_LIMITS.pageCpuSeconds),
  DOCUMENT_SILENCE_MS: wholeNumber(1_000, 3_600_000).default(DEFAULT_LIMITS.silenceMs),
  DOCUMENT_PAGES: wholeNumber(1, 1_000_000).default(DEFAULT_LIMITS.pages),
  DOCUMENT_UNPACKED_MIB: wholeNumber(1, 65_536).default(DEFAULT_LIMITS.unpackedBytes / MIB),
  DOCUMENT_DEPTH: wholeNumber(1, 1_000_000).default(DEFAULT_LIMITS.depth),
  OCR: z.enum(['off', 'tesseract']).default('off'),
  OCR_COMMAND: z.string().includes(INPUT).optional(),
  OCR_LANGUAGE: z
    .string()
    .regex(/^[\w+-]{1,100}$/)
    .default('eng'),
  OCR_PAGE_MS: wholeNumber(1_000, 3_600_000).default(60_000),
  DEMO_TASKS: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** How the worker is set up. */
export interface Environment {
  databaseUrl: string;
  redisUrl: string;
  uploadDirectory: string;
  /** How many tasks run at once. */
  concurrency: number;
  /** How long (ms) running tasks may finish when the worker stops. */
  graceMs: number;
  /** How long (ms) a handler may go on after its signal has aborted. */
  cancelGraceMs: number;
  retention: RetentionSettings;
  /** How often (ms) tasks are looked for that a crash or lost data left behind. */
  reconcileEveryMs: number;
  /** Times for which tasks, history, uploads and files are kept. */
  sweeping: SweepSettings;
  /** Limits of reading a document, and text recognition. */
  reading: ReadingSettings;
  /** Whether it runs the kinds for demonstrations. */
  hasDemoTasks: boolean;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

/** A variable that is missing or wrong, named with its remedy in one line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads the worker's settings. A variable that is empty counts as left out.
 * @throws EnvironmentError for the first variable that is missing or wrong.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error, given);
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    uploadDirectory: values.UPLOAD_DIRECTORY,
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
    reading: readingOf(values),
    hasDemoTasks: values.DEMO_TASKS === 'on',
    logLevel: values.LOG_LEVEL,
  };
}

function sweepingOf(values: z.infer<typeof environmentSchema>): SweepSettings {
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

function readingOf(values: z.infer<typeof environmentSchema>): ReadingSettings {
  const limits = {
    memoryMiB: values.DOCUMENT_MEMORY_MIB,
    cpuSeconds: values.DOCUMENT_CPU_SECONDS,
    pageCpuSeconds: values.DOCUMENT_PAGE_CPU_SECONDS,
    silenceMs: values.DOCUMENT_SILENCE_MS,
    pages: values.DOCUMENT_PAGES,
    unpackedBytes: values.DOCUMENT_UNPACKED_MIB * MIB,
    depth: values.DOCUMENT_DEPTH,
  };
  const command = values.OCR_COMMAND ?? (values.OCR === 'tesseract' ? TESSERACT_COMMAND : undefined);
  if (command === undefined) return { limits };
  return {
    limits,
    recognition: { command: splitCommand(command), language: values.OCR_LANGUAGE, pageMs: values.OCR_PAGE_MS },
  };
}

function refusal(error: z.ZodError, given: Record<string, unknown>): EnvironmentError {
  const variable = environmentSchema.keyof().parse(error.issues[0]?.path[0]);
  const fault = given[variable] === undefined ? 'is missing' : 'is not valid';
  return new EnvironmentError(`${variable} ${fault}: ${REMEDIES[variable]}`);
}

function hasUsableSchema(databaseUrl: string): boolean {
  try {
    parseDatabaseUrl(databaseUrl);
    return true;
  } catch (error) {
    if (error instanceof DatabaseUrlError) return false;
    throw error;
  }
}

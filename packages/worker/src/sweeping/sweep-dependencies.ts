import type { Database } from '@taskwire/db';
import type { EventLogAdministration } from '@taskwire/event-log';
import type { UploadStorage } from '@taskwire/uploads';
import type { Logger } from 'pino';

const HOUR_MS = 60 * 60 * 1_000;

/** Dependencies of the sweeper. */
export interface SweepDependencies {
  database: Database;
  eventLog: EventLogAdministration;
  storage: UploadStorage;
  logger: Logger;
  sweeping: SweepSettings;
}

/** Number of rows or files that are read at once. */
export const SWEEP_PAGE = 100;

/** The moment that lies `keptMs` back: what is older may go. */
export function before(keptMs: number): Date {
  return new Date(Date.now() - keptMs);
}

/** Times (ms) for which the sweeper keeps things. Undefined: for ever. */
export interface SweepSettings {
  /** Pause between two sweeps. */
  everyMs: number;
  /** Ended tasks, from their end on. */
  tasksKeptMs: number | undefined;
  /** The history of ended tasks, from their end on. */
  historyKeptMs: number | undefined;
  /** Uploads that no task uses, from their upload on. */
  uploadsKeptMs: number;
  /** Files that stages made of uploads for later attempts, from their last change on. */
  derivedFilesKeptMs: number;
  /** Files that a crash left behind, from their last change on. Longer than any upload takes. */
  leftoversKeptMs: number;
}

export const DEFAULT_SWEEPING: SweepSettings = {
  everyMs: 10 * 60 * 1_000,
  tasksKeptMs: undefined,
  historyKeptMs: undefined,
  uploadsKeptMs: 24 * HOUR_MS,
  derivedFilesKeptMs: 7 * 24 * HOUR_MS,
  leftoversKeptMs: 24 * HOUR_MS,
};

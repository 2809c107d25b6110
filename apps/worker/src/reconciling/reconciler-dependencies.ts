import type { Database } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader, EventLogWriter } from '@taskwire/event-log';
import type { TaskQueue } from '@taskwire/queue';
import type { RetentionDependencies } from '../retention/retention-dependencies.ts';
import type { TaskRows } from '../running/stored/task-rows.ts';
import type { Sweeper } from '../sweeping/sweeper.ts';

/** What a reconciler works with. */
export interface ReconcilerDependencies extends Pick<RetentionDependencies, 'logger'> {
  database: Database;
  rows: TaskRows;
  eventLog: EventLogWriter & EventLogReader & EventLogAdministration;
  queue: Pick<TaskQueue, 'enqueue' | 'missing'>;
  reconciling: ReconcilerSettings;
  /** Removes what is kept no longer, between two passes. */
  sweeper?: Pick<Sweeper, 'sweepIfDue'>;
}

/** When and what a reconciler looks at. */
export interface ReconcilerSettings {
  /** How long (ms) it rests between two passes. */
  everyMs: number;
  /** Tasks younger than this (ms) are left alone: they may still be being created. */
  minimumAgeMs: number;
  /** How long (ms) one pass may take; the next one goes on where it ended. */
  passMs: number;
}

export const DEFAULT_RECONCILING: ReconcilerSettings = { everyMs: 3_000, minimumAgeMs: 5_000, passMs: 20_000 };

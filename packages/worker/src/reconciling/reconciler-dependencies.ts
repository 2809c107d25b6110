import type { Database } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader, EventLogWriter } from '@taskwire/event-log';
import type { TaskQueue } from '@taskwire/queue';
import type { TaskCatalog } from '@taskwire/tasks';
import type { RetentionDependencies } from '../retention/retention-dependencies.ts';
import type { TaskRows } from '../running/stored/task-rows.ts';
import type { Sweeper } from '../sweeping/sweeper.ts';

/** Dependencies of a reconciler. */
export interface ReconcilerDependencies extends Pick<RetentionDependencies, 'logger'> {
  database: Database;
  rows: TaskRows;
  eventLog: EventLogWriter & EventLogReader & EventLogAdministration;
  queue: Pick<TaskQueue, 'enqueue' | 'missing'>;
  /** The kinds whose stages this worker knows. */
  catalog: Pick<TaskCatalog, 'find'>;
  reconciling: ReconcilerSettings;
  /** Deletes old data at the end of a pass that has time left, under the lock of the pass. */
  sweeper?: Pick<Sweeper, 'sweepIfDue'>;
}

/** Times of a reconciler. */
export interface ReconcilerSettings {
  /** Pause (ms) between two passes. */
  everyMs: number;
  /** Youngest age (ms) of a task that a pass looks at: the creation of younger ones may not be complete. */
  minimumAgeMs: number;
  /** Longest time (ms) of a pass. The next pass continues where it ended. */
  passMs: number;
}

export const DEFAULT_RECONCILING: ReconcilerSettings = { everyMs: 3_000, minimumAgeMs: 5_000, passMs: 20_000 };

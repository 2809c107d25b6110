import type { Database } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader, EventLogWriter } from '@taskwire/event-log';
import type { TaskQueue } from '@taskwire/queue';
import type { RetentionDependencies } from '../retention/retention-dependencies.ts';
import type { TaskRows } from '../running/stored/task-rows.ts';
import type { Sweeper } from '../sweeping/sweeper.ts';
import type { ReconcilerSettings } from './reconciler-settings.ts';

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

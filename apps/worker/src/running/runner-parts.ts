import type { EventLog } from '@taskwire/event-log';
import type { TaskJob, TaskQueue } from '@taskwire/queue';
import type { Logger } from 'pino';
import type { RetentionParts } from '../retention/retention-parts.ts';
import type { Attempt } from './attempt.ts';
import type { Workshop } from './run-task.ts';
import type { TaskRow, TaskRows } from './task-rows.ts';

/** What a runner works with. */
export interface RunnerParts extends RetentionParts {
  rows: TaskRows;
  eventLog: RetentionParts['eventLog'] & Pick<EventLog, 'append' | 'claim' | 'follow' | 'restore'>;
  /** What is known of the other workers, and who announces a wait. */
  fleet: Pick<TaskQueue, 'workers' | 'announceWait' | 'withdrawAnnouncement'>;
  workshop: Workshop;
  /** Who works here; watchers see it in `started`. */
  workerId: string;
  /** How long (ms) a handler may go on after its signal has aborted. */
  cancelGraceMs: number;
}

/** One try of a task that is being run. */
export interface CurrentTry {
  job: TaskJob;
  row: TaskRow;
  attempt: Attempt;
  /** How long (ms) the task may take, from its first start on; undefined if that is not known. */
  limitMs: number | undefined;
  /** Its lines name the task and the attempt. */
  logger: Logger;
}

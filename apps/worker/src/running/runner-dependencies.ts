import type { EventLogCancels, EventLogWriter } from '@taskwire/event-log';
import type { TaskJob, TaskQueue } from '@taskwire/queue';
import type { Logger } from 'pino';
import type { RetentionDependencies } from '../retention/retention-dependencies.ts';
import type { Attempt } from './attempt/attempt.ts';
import type { Workshop } from './handler/run-task.ts';
import type { TaskRow, TaskRows } from './stored/task-rows.ts';

/** Dependencies of a runner. */
export interface RunnerDependencies extends RetentionDependencies {
  rows: TaskRows;
  eventLog: RetentionDependencies['eventLog'] & EventLogWriter & EventLogCancels;
  /** Knows the other workers, and announces waits. */
  fleet: Pick<TaskQueue, 'workers' | 'announceWait' | 'withdrawAnnouncement'>;
  workshop: Workshop;
  /** Id of this worker; watchers see it in `started`. */
  workerId: string;
  /** Longest time (ms) for a handler to go on after its signal has aborted. */
  cancelGraceMs: number;
  /** How often (ms) an attempt is compared with its log; every 3 s if absent. */
  checkEveryMs?: number;
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

import type { EventLogCancels, EventLogWriter } from '@taskwire/event-log';
import type { TaskJob, TaskQueue } from '@taskwire/queue';
import type { TaskCatalog } from '@taskwire/tasks';
import type { Logger } from 'pino';
import type { RetentionDependencies } from '../retention/retention-dependencies.ts';
import type { Attempt } from './attempt/attempt.ts';
import type { HandlerKit } from './handler/handler-kit.ts';
import type { TaskRow, TaskRows } from './stored/task-rows.ts';

/** Dependencies of a runner. */
export interface RunnerDependencies extends RetentionDependencies {
  rows: TaskRows;
  eventLog: RetentionDependencies['eventLog'] & EventLogWriter & EventLogCancels;
  /** Knows the other workers, and announces waits. */
  fleet: Pick<TaskQueue, 'workers' | 'announceWait' | 'withdrawAnnouncement'>;
  handlerKit: HandlerKit;
  /** The kinds of the handlers. */
  catalog: Pick<TaskCatalog, 'find'>;
  /** Id of this worker; watchers see it in `started`. */
  workerId: string;
  /** Longest time (ms) for a handler to go on after its signal has aborted. */
  cancelGraceMs: number;
  /** Interval (ms) between two checks of the log of an attempt; 3,000 if absent. */
  checkEveryMs?: number;
}

/** An attempt that runs in this process, with its job and its row. */
export interface CurrentAttempt {
  job: TaskJob;
  row: TaskRow;
  attempt: Attempt;
  /** Time limit (ms) of the task from its first start on; undefined if this build does not know it. */
  limitMs: number | undefined;
  /** Adds the task and the attempt to each line. */
  logger: Logger;
}

import type { EventLog } from '@taskwire/event-log';
import type { TaskJob } from '@taskwire/queue';
import type { Logger } from 'pino';
import type { Attempt } from './attempt.ts';
import type { Workshop } from './run-task.ts';
import type { TaskRow, TaskRows } from './task-rows.ts';

/** What a runner works with. */
export interface RunnerParts {
  rows: TaskRows;
  eventLog: Pick<EventLog, 'claim' | 'follow' | 'snapshot' | 'expire'>;
  workshop: Workshop;
  logger: Logger;
  /** Who works here; watchers see it in `started`. */
  workerId: string;
}

/** One try of a task that is being run. */
export interface CurrentTry {
  job: TaskJob;
  row: TaskRow;
  attempt: Attempt;
  /** Its lines name the task and the attempt. */
  logger: Logger;
}

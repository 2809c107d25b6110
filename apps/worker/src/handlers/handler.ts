import type { Database } from '@taskwire/db';
import type { ParsedTaskInput, TaskKind, TaskOutput } from '@taskwire/tasks';
import type { TaskContext } from '../context/task-context.ts';

/** What handlers may reach outside for. */
export interface HandlerServices {
  database: Database;
  /** The folder in which uploads lie, each under its id. */
  uploadDirectory: string;
}

/**
 * Does the work of one kind. It should end soon after `ctx.signal` aborts.
 * @throws TaskError with a code and words for the task's owner; PermanentTaskError if trying again is pointless.
 * Anything else counts as unexpected: it is tried again, and its details go to the log only.
 */
export type Handler<Kind extends TaskKind> = (
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
  services: HandlerServices,
) => Promise<TaskOutput<Kind>>;

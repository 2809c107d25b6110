import type { TaskHandler } from '../../context/handler.ts';
import type { Uploads } from '../../uploads/uploads.ts';

/** The handlers of a worker, and what they open. */
export interface HandlerKit {
  /** The handlers by their kinds. */
  handlers: ReadonlyMap<string, TaskHandler>;
  /** The kinds that this worker runs. Tasks of other kinds wait for another worker. */
  kinds: readonly string[];
  uploads: Uploads;
}

/**
 * Joins the handlers of a worker with what they open.
 * @throws Error if two handlers are for one kind.
 */
export function createHandlerKit(
  given: readonly TaskHandler[],
  { uploads, hasDemoTasks }: { uploads: Uploads; hasDemoTasks: boolean },
): HandlerKit {
  const handlers = new Map<string, TaskHandler>();
  for (const handler of given) {
    const { kind } = handler.task;
    if (handlers.has(kind)) throw new Error(`two handlers are for the kind "${kind}": leave one of them out`);
    handlers.set(kind, handler);
  }
  const offered = given.filter(({ task }) => hasDemoTasks || !task.isDemo);
  return { handlers, kinds: offered.map(({ task }) => task.kind), uploads };
}

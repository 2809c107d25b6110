// The module of a thread's handler imports this. It loads nothing of the worker, so that threads start fast.
import type { AnyTaskDefinition } from '@taskwire/tasks';
import { taskHandler, type Handler, type TaskHandler } from './context/handler.ts';

export type { Handler, TaskHandler } from './context/handler.ts';
export type { StageContext, TaskContext } from './context/task-context.ts';
export { PermanentTaskError, TaskError } from './task-error.ts';

/**
 * The default export of a module that `handle(task, { thread })` names. The module runs in a thread of its own, without
 * environment variables, and shares no memory with the worker.
 * @example export default threadHandler(burn, async (ctx, input) => …)
 */
export function threadHandler<Definition extends AnyTaskDefinition>(
  task: Definition,
  handler: Handler<Definition>,
): TaskHandler<Definition> {
  return taskHandler(task, handler);
}

import type { AnyTaskDefinition } from '@taskwire/tasks';
import { taskHandler, type Handler, type TaskHandler } from './context/handler.ts';
import { inThread, type ThreadOptions } from './threads/in-thread.ts';

/**
 * Gives a kind its handler, for `createTaskwireWorker`.
 * @param handler the work itself; or the module of a thread that does it, for work that keeps a processor busy.
 * @throws Error if the module of the thread does not exist, or its memory limit is no whole number from 1 on.
 * @example handle(resizeImage, async (ctx, input) => ({ files: await ctx.stage('resize', …) }))
 * @example handle(resizeImage, { thread: new URL('./resize.ts', import.meta.url) })
 */
export function handle<Definition extends AnyTaskDefinition>(
  task: Definition,
  handler: Handler<Definition> | ThreadOptions,
): TaskHandler<Definition> {
  if (typeof handler === 'function') return taskHandler(task, handler);
  return { task, ...inThread(task.kind, handler) };
}

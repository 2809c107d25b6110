import type { TaskHandler } from '../context/handler.ts';

/** A handler that cannot run: the module of its thread is missing, broken or of another kind. */
export class HandlerUnfitError extends Error {
  override readonly name = 'HandlerUnfitError';
}

/**
 * Checks handlers before the worker takes tasks, so that no task fails for a module that is wrong.
 * @throws HandlerUnfitError naming the kind.
 */
export async function checkHandlers(handlers: readonly TaskHandler[]): Promise<void> {
  await Promise.all(
    handlers.map(async ({ task, check }) =>
      check?.().catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new HandlerUnfitError(`the handler of "${task.kind}" cannot run: ${reason}`, { cause });
      }),
    ),
  );
}

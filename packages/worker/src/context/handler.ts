import type { AnyTaskDefinition, ParsedTaskInput, TaskOutputInput } from '@taskwire/tasks';
import type { TaskContext, UntypedContext } from './task-context.ts';
import { parsedInput, typedContext } from './type-assertions.ts';

/**
 * Does the work of one kind. It should end soon after `ctx.signal` aborts.
 * @throws TaskError with a code and a message for the task's owner; PermanentTaskError if another attempt would fail too.
 * After any other error another attempt follows, and its details go to the worker's log only.
 */
export type Handler<Definition extends AnyTaskDefinition> = (
  ctx: TaskContext<Definition>,
  input: ParsedTaskInput<Definition>,
) => Promise<TaskOutputInput<Definition>>;

/** A definition and its handler, for a worker. Made by `handle`. */
export interface TaskHandler<Definition extends AnyTaskDefinition = AnyTaskDefinition> {
  readonly task: Definition;
  /** Runs the handler. The worker has parsed the input by the definition's schema, and checks the output by it. */
  readonly run: (context: UntypedContext, input: unknown) => Promise<unknown>;
  /** Checks that the handler can be run, before the worker takes tasks. @throws Error naming what is wrong. */
  readonly check?: () => Promise<void>;
}

/** Gives a kind the handler that runs in the caller's thread. */
export function taskHandler<Definition extends AnyTaskDefinition>(
  task: Definition,
  handler: Handler<Definition>,
): TaskHandler<Definition> {
  return {
    task,
    run: async (context, input) => handler(typedContext<Definition>(context), parsedInput<Definition>(input)),
  };
}

/** Whether a value is a handler with its definition: a module may export anything. */
export function isTaskHandler(value: unknown): value is TaskHandler {
  const has = (object: object, name: string): unknown => Reflect.get(object, name);
  if (typeof value !== 'object' || value === null || typeof has(value, 'run') !== 'function') return false;
  const task = has(value, 'task');
  if (typeof task !== 'object' || task === null) return false;
  return typeof has(task, 'kind') === 'string' && Array.isArray(has(task, 'stages'));
}

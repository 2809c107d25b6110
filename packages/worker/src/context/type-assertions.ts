import type { AnyTaskDefinition, ParsedTaskInput } from '@taskwire/tasks';
import type { TaskContext, UntypedContext } from './task-context.ts';

/** An input that the worker has parsed by the schema of its kind. Parsing it again would transform it again. */
export function parsedInput<Definition extends AnyTaskDefinition>(input: unknown): ParsedTaskInput<Definition> {
  return input as ParsedTaskInput<Definition>;
}

/** A context that checks names, results and values by the definition when it is called. */
export function typedContext<Definition extends AnyTaskDefinition>(context: UntypedContext): TaskContext<Definition> {
  return context as TaskContext<Definition>;
}

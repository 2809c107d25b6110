import type { ParsedTaskInput, TaskKind, TaskOutput } from '@taskwire/tasks';

/** An input that the main thread has parsed by the kind's schema. Parsing it again would transform it again. */
export function parsedInput<Kind extends TaskKind>(_kind: Kind, input: unknown): ParsedTaskInput<Kind> {
  return input as ParsedTaskInput<Kind>;
}

/** A handler's result that the runner parses by the kind's schema, or the JSON of one that it has parsed. */
export function handlerOutput<Kind extends TaskKind>(_kind: Kind, output: unknown): TaskOutput<Kind> {
  return output as TaskOutput<Kind>;
}

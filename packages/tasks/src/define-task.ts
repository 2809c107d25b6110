import type { StagePlan } from '@taskwire/protocol';
import * as z from 'zod';

/** An upload that an input names, and where in the input it stands: `input.uploadId`. */
export interface UploadReference {
  path: string;
  uploadId: string;
}

/** How often a failed task is tried, and how long it waits in between (doubling from `backoffMs`). */
export interface RetryPolicy {
  attempts: number;
  backoffMs: number;
}

/** A kind of task: everything about it that a caller, a watcher and a worker must agree on. No code that runs it. */
export interface TaskDefinition<
  Kind extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  StageName extends string,
> {
  readonly kind: Kind;
  /** One sentence for people: shown by the CLI and the pages. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** In the order in which they run. */
  readonly stages: readonly (StagePlan & { readonly name: StageName })[];
  readonly retry: RetryPolicy;
  /** The uploads that an input refers to; each must belong to the caller. */
  readonly uploads: (input: z.output<Input>) => readonly UploadReference[];
  /** What `task.create` takes for this kind. */
  readonly request: ReturnType<typeof requestSchema<Kind, Input>>;
  /** What is kept of a task of this kind: its checked input and, once it is done, its output. */
  readonly record: ReturnType<typeof recordSchema<Kind, Input, Output>>;
}

/** What may stand beside `kind` and `input` in every request. */
const requestOptions = {
  /** The project that the task belongs to; the caller's default project if absent. */
  projectId: z.exactOptional(z.uuid()),
  /** 1 runs first, 10 last; 5 if absent. */
  priority: z.exactOptional(z.int().min(1).max(10)),
  /** A second create with the same key answers with the first one's task. */
  idempotencyKey: z.exactOptional(z.string().trim().min(1).max(200)),
};

function requestSchema<Kind extends string, Input extends z.ZodType>(kind: Kind, input: Input) {
  return z.object({ kind: z.literal(kind), input, ...requestOptions });
}

function recordSchema<Kind extends string, Input extends z.ZodType, Output extends z.ZodType>(
  kind: Kind,
  schemas: { input: Input; output: Output },
) {
  return z.object({ kind: z.literal(kind), input: schemas.input, output: z.exactOptional(schemas.output) });
}

/**
 * Defines a kind of task.
 * @throws Error if the kind is not spelled `word.word`, or if there is no stage, or two stages share a name.
 */
export function defineTask<
  const Kind extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  const StageName extends string,
>(definition: {
  kind: Kind;
  summary: string;
  input: Input;
  output: Output;
  stages: readonly { name: StageName; weight: number }[];
  retry?: Partial<RetryPolicy>;
  uploads?: (input: z.output<Input>) => readonly UploadReference[];
}): TaskDefinition<Kind, Input, Output, StageName> {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(definition.kind)) {
    throw new Error(`task kind "${definition.kind}" must be lower-case words joined by dots, such as document.ingest`);
  }
  const names = definition.stages.map((stage) => stage.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new Error(`task kind "${definition.kind}" needs at least one stage, each with a name of its own`);
  }
  return {
    ...definition,
    retry: { attempts: 3, backoffMs: 1_000, ...definition.retry },
    uploads: definition.uploads ?? (() => []),
    request: requestSchema(definition.kind, definition.input),
    record: recordSchema(definition.kind, definition),
  };
}

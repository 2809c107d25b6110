import { stagePlanSchema } from '@taskwire/protocol';
import * as z from 'zod';
import { requestSchema } from './request-options.ts';

/** Number of attempts of a failing task, and the delay (ms) before the second; each further delay doubles. */
export interface RetryPolicy {
  attempts: number;
  backoffMs: number;
}

/** A named part of a kind's work. */
export interface StageDefinition {
  readonly name: string;
  /** Its share of the whole: percent is computed from the weights. */
  readonly weight: number;
  /**
   * Schema of the stage's result, a JSON value. With a schema, the result of a finished stage is remembered: later
   * attempts and retries of the task reuse it. Without a schema, the stage runs in every attempt.
   */
  readonly result?: z.ZodType;
}

/** A kind of task, as callers, watchers and workers share it, without the code that runs it. */
export interface TaskDefinition<
  Kind extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  Stages extends readonly StageDefinition[],
> {
  readonly kind: Kind;
  /** One sentence for people: shown by the CLI and the pages. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** Stages in their order. */
  readonly stages: Stages;
  readonly retry: RetryPolicy;
  /** Longest time (ms) of a task from its first start on; a request may set another. */
  readonly timeoutMs: number;
  /** Whether the kind is for trials: only servers with `DEMO_TASKS=on` offer it. */
  readonly isDemo: boolean;
  /** Input schema of `task.create` for this kind. */
  readonly request: ReturnType<typeof requestSchema<Kind, Input>>;
  /** Schema of a stored task of this kind: its checked input and, once it is done, its output. */
  readonly record: ReturnType<typeof recordSchema<Kind, Input, Output>>;
}

/** Longest time (ms) of a task whose kind sets none. */
const DEFAULT_TIMEOUT_MS = 6 * 60 * 60 * 1_000;

function recordSchema<Kind extends string, Input extends z.ZodType, Output extends z.ZodType>(
  kind: Kind,
  schemas: { input: Input; output: Output },
) {
  return z.object({ kind: z.literal(kind), input: schemas.input, output: z.exactOptional(schemas.output) });
}

/**
 * Defines a kind of task.
 * @throws Error if the kind is not spelled `word.word`, or if a stage is missing, unnamed, doubled or without weight.
 */
export function defineTask<
  const Kind extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Stages extends readonly StageDefinition[],
>(definition: {
  kind: Kind;
  summary: string;
  input: Input;
  output: Output;
  stages: Stages;
  retry?: Partial<RetryPolicy>;
  timeoutMs?: number;
  isDemo?: boolean;
}): TaskDefinition<Kind, Input, Output, Stages> {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(definition.kind)) {
    throw new Error(`task kind "${definition.kind}" must be lower-case words joined by dots, such as document.ingest`);
  }
  const names = definition.stages.map((stage) => stage.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new Error(`task kind "${definition.kind}" needs at least one stage, each with a name of its own`);
  }
  const invalidStage = definition.stages.find((stage) => !stagePlanSchema.safeParse(stage).success);
  if (invalidStage !== undefined) {
    throw new Error(
      `stage "${invalidStage.name}" of task kind "${definition.kind}" needs a name, and a weight above 0`,
    );
  }
  return {
    timeoutMs: DEFAULT_TIMEOUT_MS,
    isDemo: false,
    ...definition,
    retry: { attempts: 3, backoffMs: 1_000, ...definition.retry },
    request: requestSchema(definition.kind, definition.input),
    record: recordSchema(definition.kind, definition),
  };
}

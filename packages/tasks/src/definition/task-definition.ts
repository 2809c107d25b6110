import type * as z from 'zod';
import type { requestSchema } from '../request-options.ts';
import type { ChannelDefinitions } from './channel.ts';
import type { recordSchema } from './record-schema.ts';

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
  Kind extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Stages extends readonly StageDefinition[] = readonly StageDefinition[],
  Channels extends ChannelDefinitions = ChannelDefinitions,
> {
  readonly kind: Kind;
  /** One sentence for people: shown by the CLI and the pages. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** Stages in their order. */
  readonly stages: Stages;
  /** The task's own typed events, by name. */
  readonly channels: Channels;
  readonly retry: RetryPolicy;
  /** Longest time (ms) of a task from its first start on, up to nearly 25 days; a request may set another. */
  readonly timeoutMs: number;
  /** Whether the kind is for trials: only servers with `DEMO_TASKS=on` offer it. */
  readonly isDemo: boolean;
  /** Input schema of `task.create` for this kind. */
  readonly request: ReturnType<typeof requestSchema<Kind, Input>>;
  /** Schema of a stored task of this kind: its checked input and, once it is done, its output. */
  readonly record: ReturnType<typeof recordSchema<Kind, Input, Output>>;
}

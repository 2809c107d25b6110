import { stagePlanSchema } from '@taskwire/protocol';
import type * as z from 'zod';
import type { ChannelDefinition, ChannelDefinitions } from './definition/channel.ts';
import { findSchemaProblem } from './json/check-json-schema.ts';
import type { FitsAgain, JsonSchema } from './json/json-types.ts';
import { channelsOf } from './definition/type-assertions.ts';
import { recordSchema } from './definition/record-schema.ts';
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
  /** Longest time (ms) of a task from its first start on; a request may set another. */
  readonly timeoutMs: number;
  /** Whether the kind is for trials: only servers with `DEMO_TASKS=on` offer it. */
  readonly isDemo: boolean;
  /** Input schema of `task.create` for this kind. */
  readonly request: ReturnType<typeof requestSchema<Kind, Input>>;
  /** Schema of a stored task of this kind: its checked input and, once it is done, its output. */
  readonly record: ReturnType<typeof recordSchema<Kind, Input, Output>>;
}

/** Channels of a kind without any. */
type NoChannels = { readonly [Name in never]: ChannelDefinition };

/** Longest time (ms) of a task whose kind sets none. */
const DEFAULT_TIMEOUT_MS = 6 * 60 * 60 * 1_000;

/**
 * Defines a kind of task. Input, output, results and channels must be what JSON holds: no dates, maps, transforms.
 * @throws Error if the kind is not spelled `word.word`; if a stage is missing, unnamed, doubled or without weight; if a
 * channel's name is not an identifier; if JSON cannot hold a field of a schema, which the message names.
 */
export function defineTask<
  const Kind extends string,
  Input extends JsonSchema,
  Output extends JsonSchema,
  const Stages extends readonly (StageDefinition & { readonly result?: JsonSchema })[],
  const Channels extends ChannelDefinitions = NoChannels,
>(definition: {
  kind: Kind;
  /** The kind's name if absent. */
  summary?: string;
  input: Input & FitsAgain<Input>;
  output: Output & FitsAgain<Output>;
  stages: Stages;
  channels?: Channels;
  retry?: Partial<RetryPolicy>;
  timeoutMs?: number;
  isDemo?: boolean;
}): TaskDefinition<Kind, Input, Output, Stages, Channels> {
  const { kind, input, output, stages } = definition;
  const channels = channelsOf(definition.channels);
  checkKind(kind);
  checkStages(kind, stages);
  checkChannels(kind, channels);
  checkSchemas(kind, { input, output, ...resultsOf(stages), ...valuesOf(channels) });
  return {
    timeoutMs: DEFAULT_TIMEOUT_MS,
    isDemo: false,
    summary: kind,
    ...definition,
    channels,
    retry: { attempts: 3, backoffMs: 1_000, ...definition.retry },
    request: requestSchema(kind, input),
    record: recordSchema(kind, { input, output }),
  };
}

function checkKind(kind: string): void {
  if (/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(kind)) return;
  throw new Error(`task kind "${kind}" must be lower-case words joined by dots, such as image.resize`);
}

function checkStages(kind: string, stages: readonly StageDefinition[]): void {
  const names = stages.map((stage) => stage.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new Error(`task kind "${kind}" needs at least one stage, each with a name of its own`);
  }
  const invalidStage = stages.find((stage) => !stagePlanSchema.safeParse(stage).success);
  if (invalidStage !== undefined) {
    throw new Error(`stage "${invalidStage.name}" of task kind "${kind}" needs a name, and a weight above 0`);
  }
}

/** Most channels of a kind: each state of a task holds them all. */
const MOST_CHANNELS = 20;

function checkChannels(kind: string, channels: ChannelDefinitions): void {
  const count = Object.keys(channels).length;
  if (count > MOST_CHANNELS) throw new Error(`task kind "${kind}" has ${count} channels: ${MOST_CHANNELS} at most`);
  const wrong = Object.keys(channels).find((name) => !/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name));
  if (wrong === undefined) return;
  throw new Error(`channel "${wrong}" of task kind "${kind}" needs a name of letters and digits, such as preview`);
}

function checkSchemas(kind: string, schemas: Readonly<Record<string, z.ZodType>>): void {
  for (const [name, schema] of Object.entries(schemas)) {
    const problem = findSchemaProblem(schema, name);
    if (problem !== undefined) throw new Error(`task kind "${kind}": ${problem.path}: ${problem.message}`);
  }
}

function resultsOf(stages: readonly StageDefinition[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    stages.flatMap(({ name, result }) => (result === undefined ? [] : [[`stages.${name}.result`, result]])),
  );
}

function valuesOf(channels: ChannelDefinitions): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(channels).map(([name, { value }]) => [`channels.${name}`, value]));
}

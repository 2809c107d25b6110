import type { ChannelDefinition, ChannelDefinitions } from './definition/channel.ts';
import type { FitsAgain, JsonSchema } from './json/json-types.ts';
import { checkDefinition } from './definition/check-definition.ts';
import { channelsOf } from './definition/type-assertions.ts';
import type { RetryPolicy, StageDefinition, TaskDefinition } from './definition/task-definition.ts';
import { recordSchema } from './definition/record-schema.ts';
import { requestSchema } from './request-options.ts';

/** Channels of a kind without any. */
type NoChannels = { readonly [Name in never]: ChannelDefinition };

/** Longest time (ms) of a task whose kind sets none. */
const DEFAULT_TIMEOUT_MS = 6 * 60 * 60 * 1_000;

/**
 * Defines a kind of task. Input, output, results and channels must be what JSON holds: no dates, maps, transforms.
 * @throws Error if the kind is not spelled `word.word`; if a stage is missing, unnamed, doubled or without weight; if a
 * channel's name is not an identifier; if a limit is out of range; if JSON cannot hold a field of a schema. The message
 * names the field.
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
  const { kind, input, output, stages, summary = kind, timeoutMs = DEFAULT_TIMEOUT_MS, isDemo = false } = definition;
  const { attempts = 3, backoffMs = 1_000 } = definition.retry ?? {};
  const channels = channelsOf(definition.channels);
  const described = { kind, summary, stages, channels, retry: { attempts, backoffMs }, timeoutMs, isDemo };
  checkDefinition({ ...described, input, output });
  return {
    ...described,
    input,
    output,
    request: requestSchema(kind, input),
    record: recordSchema(kind, { input, output }),
  };
}

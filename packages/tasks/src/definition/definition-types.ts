import type * as z from 'zod';
import type { TaskDefinition } from './task-definition.ts';
import type { ChannelDefinition, ChannelDefinitions, ListChannel } from './channel.ts';

/** Any definition, as generic code uses it: kinds are texts, inputs and outputs are unknown. */
export type AnyTaskDefinition = TaskDefinition;

/** Definitions in an order of display. */
export type TaskList = readonly AnyTaskDefinition[];

/** Input of a task as a caller writes it: fields with defaults may be absent. */
export type TaskInput<Definition extends AnyTaskDefinition> = z.input<Definition['input']>;

/** Input of a task as its handler gets it, with defaults filled in. */
export type ParsedTaskInput<Definition extends AnyTaskDefinition> = z.output<Definition['input']>;

/** Output of a task, as watchers get it. */
export type TaskOutput<Definition extends AnyTaskDefinition> = z.output<Definition['output']>;

/** Output of a task as its handler returns it: fields with defaults may be absent. */
export type TaskOutputInput<Definition extends AnyTaskDefinition> = z.input<Definition['output']>;

type StageOf<Definition extends AnyTaskDefinition> = Definition['stages'][number];

/** Names of a task's stages. */
export type StageNameOf<Definition extends AnyTaskDefinition> = StageOf<Definition>['name'];

/** Names of the stages whose results are remembered. */
export type RememberedStageOf<Definition extends AnyTaskDefinition> = Extract<
  StageOf<Definition>,
  { result: z.ZodType }
>['name'];

type ResultSchemaOf<Definition extends AnyTaskDefinition, Stage extends RememberedStageOf<Definition>> = Extract<
  StageOf<Definition>,
  { name: Stage; result: z.ZodType }
>['result'];

/** Result that the code of a remembered stage must return. */
export type StageResultInput<
  Definition extends AnyTaskDefinition,
  Stage extends RememberedStageOf<Definition>,
> = z.input<ResultSchemaOf<Definition, Stage>>;

/** Result of a remembered stage, from this attempt or an earlier one. */
export type StageResultOf<Definition extends AnyTaskDefinition, Stage extends RememberedStageOf<Definition>> = z.output<
  ResultSchemaOf<Definition, Stage>
>;

/** Names of a task's channels. */
export type ChannelNameOf<Definition extends AnyTaskDefinition> = keyof Definition['channels'] & string;

/** Value that a handler sends to a channel; of a list, one item. */
export type ChannelInput<Definition extends AnyTaskDefinition, Name extends ChannelNameOf<Definition>> = z.input<
  Definition['channels'][Name]['value']
>;

/** Value that a watcher gets from a channel; of a list, one item. */
export type ChannelValue<Definition extends AnyTaskDefinition, Name extends ChannelNameOf<Definition>> = z.output<
  Definition['channels'][Name]['value']
>;

type ChannelState<Channel extends ChannelDefinition> =
  Channel extends ListChannel<infer Item> ? readonly z.output<Item>[] : z.output<Channel['value']> | undefined;

type ChannelStatesOf<Channels extends ChannelDefinitions> = {
  readonly [Name in keyof Channels]: ChannelState<Channels[Name]>;
};

/** The channels in a task's state: of each `latest` its value, or undefined before the first; of each `list` its last items. */
export type ChannelStates<Definition extends AnyTaskDefinition> = ChannelStatesOf<Definition['channels']>;

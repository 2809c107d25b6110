import type { ChannelDefinitions } from './definition/channel.ts';
import { fieldErrors, invalidInput } from '@taskwire/protocol';
import * as z from 'zod';
import type { RetryPolicy, StageDefinition } from './define-task.ts';
import { demoBurn } from './definitions/demo-burn.ts';
import { demoCount } from './definitions/demo-count.ts';
import { demoText } from './definitions/demo-text.ts';
import { documentIngest } from './definitions/document-ingest.ts';
import { checkInput, type UploadReference, type UploadRules } from './uploads/upload-collector.ts';
import { uploadRulesIn } from './uploads/upload-rules.ts';

const definitions = {
  [demoCount.kind]: demoCount,
  [documentIngest.kind]: documentIngest,
  [demoText.kind]: demoText,
  [demoBurn.kind]: demoBurn,
};

/** The definitions of this build, in the order of display. */
export const shippedTasks = [demoCount, documentIngest, demoText, demoBurn] as const;

/** Input of `task.create`: a union of the kinds' requests by `kind`. */
export const taskRequestSchema = z.discriminatedUnion('kind', [
  demoCount.request,
  documentIngest.request,
  demoText.request,
  demoBurn.request,
]);

/** A stored task: a union by `kind`. It checks a row and gives it the types of its kind. */
export const taskRecordSchema = z.discriminatedUnion('kind', [
  demoCount.record,
  documentIngest.record,
  demoText.record,
  demoBurn.record,
]);

/** Kind and output of a state: a union by `kind`. It checks them and gives them the types of the kind. */
export const taskOutcomeSchema = z.discriminatedUnion('kind', [
  demoCount.record.omit({ input: true }),
  documentIngest.record.omit({ input: true }),
  demoText.record.omit({ input: true }),
  demoBurn.record.omit({ input: true }),
]);

type Definitions = typeof definitions;

/** The name of a task definition: `document.ingest`. */
export type TaskKind = keyof Definitions;

/** Input of a kind as a caller writes it: fields with defaults may be absent. */
export type TaskInput<Kind extends TaskKind> = z.input<Definitions[Kind]['input']>;

/** Input of a kind as its handler gets it, with defaults filled in. */
export type ParsedTaskInput<Kind extends TaskKind> = z.output<Definitions[Kind]['input']>;

/** Output of a kind. */
export type TaskOutput<Kind extends TaskKind> = z.output<Definitions[Kind]['output']>;

type StageOf<Kind extends TaskKind> = Definitions[Kind]['stages'][number];

/** The names of a kind's stages. */
export type StageNameOf<Kind extends TaskKind> = StageOf<Kind>['name'];

/** Names of the stages of a kind whose results are remembered. */
export type RememberedStageOf<Kind extends TaskKind> = Extract<StageOf<Kind>, { result: z.ZodType }>['name'];

type ResultSchemaOf<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = Extract<
  StageOf<Kind>,
  { name: Stage; result: z.ZodType }
>['result'];

/** Result that the code of a remembered stage must return. */
export type StageResultInput<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = z.input<
  ResultSchemaOf<Kind, Stage>
>;

/** Result of a remembered stage, from this attempt or an earlier one. */
export type StageResultOf<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = z.output<
  ResultSchemaOf<Kind, Stage>
>;

/** A definition as generic code uses it. */
export interface AnyTaskDefinition<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly summary: string;
  readonly input: z.ZodType<ParsedTaskInput<Kind>>;
  readonly output: z.ZodType<TaskOutput<Kind>>;
  readonly stages: readonly (StageDefinition & { readonly name: StageNameOf<Kind> })[];
  readonly channels: ChannelDefinitions;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly isDemo: boolean;
}

/** Every task kind. The mapped type keeps a kind, its input and its output together for generic code. */
export const taskDefinitions: { readonly [Kind in TaskKind]: AnyTaskDefinition<Kind> } = definitions;

/** A checked request of one kind; over several kinds, a union by `kind`. */
export type TaskRequest<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: z.output<Definitions[Each]['request']>;
}[Kind];

/** Options of a request beside `kind` and `input`, as a caller writes them. */
export type TaskRequestOptions = Omit<z.input<typeof taskRequestSchema>, 'kind' | 'input'>;

/** A request as a caller writes it. It equals the input of the kinds' `request` schemas, in a form that generic code can build. */
export type TaskRequestInput<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: { kind: Each; input: TaskInput<Each> } & TaskRequestOptions;
}[Kind];

/**
 * The uploads in a request's input, found while the kind's schema checks it.
 * @throws TaskwireError INVALID_INPUT, naming each field that the kind refuses.
 */
export function uploadsOf({ kind, input }: { kind: TaskKind; input: unknown }): readonly UploadReference[] {
  const check = checkInput(taskDefinitions[kind].input, input);
  if (check.success) return check.uploads;
  throw invalidInput(fieldErrors(check.error, { root: 'input' }));
}

/** Rules of a kind's `upload()` fields, in their order; empty for a kind without one. */
export function uploadRulesOf(kind: TaskKind): readonly UploadRules[] {
  return uploadRulesIn(taskDefinitions[kind].input);
}

/** Whether a string names a task kind of this build. */
export function isTaskKind(kind: string): kind is TaskKind {
  return Object.hasOwn(taskDefinitions, kind);
}

/** Every task kind, in the order of display. */
export const TASK_KINDS: readonly TaskKind[] = Object.values(taskDefinitions).map((definition) => definition.kind);

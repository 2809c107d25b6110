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

/** What `task.create` takes: one variant per kind, told apart by `kind`. */
export const taskRequestSchema = z.discriminatedUnion('kind', [
  demoCount.request,
  documentIngest.request,
  demoText.request,
  demoBurn.request,
]);

/** What is kept of a task, told apart by `kind`: gives a stored row its kind's types by checking it. */
export const taskRecordSchema = z.discriminatedUnion('kind', [
  demoCount.record,
  documentIngest.record,
  demoText.record,
  demoBurn.record,
]);

/** The same without the input: gives a state its kind's types. */
export const taskOutcomeSchema = z.discriminatedUnion('kind', [
  demoCount.record.omit({ input: true }),
  documentIngest.record.omit({ input: true }),
  demoText.record.omit({ input: true }),
  demoBurn.record.omit({ input: true }),
]);

type Definitions = typeof definitions;

/** The name of a task definition: `document.ingest`. */
export type TaskKind = keyof Definitions;

/** What a caller gives as the input of a kind: fields with defaults may be left out. */
export type TaskInput<Kind extends TaskKind> = z.input<Definitions[Kind]['input']>;

/** What the handler of a kind gets: the input with its defaults filled in. */
export type ParsedTaskInput<Kind extends TaskKind> = z.output<Definitions[Kind]['input']>;

/** What a task of a kind results in. */
export type TaskOutput<Kind extends TaskKind> = z.output<Definitions[Kind]['output']>;

type StageOf<Kind extends TaskKind> = Definitions[Kind]['stages'][number];

/** The names of a kind's stages. */
export type StageNameOf<Kind extends TaskKind> = StageOf<Kind>['name'];

/** The names of those stages of a kind whose results are remembered. */
export type RememberedStageOf<Kind extends TaskKind> = Extract<StageOf<Kind>, { result: z.ZodType }>['name'];

type ResultSchemaOf<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = Extract<
  StageOf<Kind>,
  { name: Stage; result: z.ZodType }
>['result'];

/** What the code of a remembered stage must return. */
export type StageResultInput<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = z.input<
  ResultSchemaOf<Kind, Stage>
>;

/** What running a remembered stage gives, whether it has run now or in an earlier attempt. */
export type StageResultOf<Kind extends TaskKind, Stage extends RememberedStageOf<Kind>> = z.output<
  ResultSchemaOf<Kind, Stage>
>;

/** What the platform itself needs to know of a kind. */
export interface AnyTaskDefinition<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly summary: string;
  readonly input: z.ZodType<ParsedTaskInput<Kind>>;
  readonly output: z.ZodType<TaskOutput<Kind>>;
  readonly stages: readonly (StageDefinition & { readonly name: StageNameOf<Kind> })[];
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly isDemo: boolean;
}

/** Every task kind. The mapped type keeps a kind, its input and its output together for generic code. */
export const taskDefinitions: { readonly [Kind in TaskKind]: AnyTaskDefinition<Kind> } = definitions;

/** A checked request of one kind, or of any: `kind` tells which. */
export type TaskRequest<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: z.output<Definitions[Each]['request']>;
}[Kind];

/** What may stand beside `kind` and `input` in a request, as a caller writes it. */
export type TaskRequestOptions = Omit<z.input<typeof taskRequestSchema>, 'kind' | 'input'>;

/** A request as a caller writes it: what the kinds' `request` schemas take, so spelled that generic code can build one. */
export type TaskRequestInput<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: { kind: Each; input: TaskInput<Each> } & TaskRequestOptions;
}[Kind];

/**
 * The uploads that a request names, by the check that its handler's input goes through.
 * @throws TaskwireError INVALID_INPUT, naming the field, for an input that its kind refuses.
 */
export function uploadsOf({ kind, input }: { kind: TaskKind; input: unknown }): readonly UploadReference[] {
  const check = checkInput(taskDefinitions[kind].input, input);
  if (check.success) return check.uploads;
  throw invalidInput(fieldErrors(check.error, { root: 'input' }));
}

/** The rules of a kind's fields that hold an upload, in their order; none for a kind that takes no file. */
export function uploadRulesOf(kind: TaskKind): readonly UploadRules[] {
  return uploadRulesIn(taskDefinitions[kind].input);
}

/** Says whether a string names a task kind of this build. */
export function isTaskKind(kind: string): kind is TaskKind {
  return Object.hasOwn(taskDefinitions, kind);
}

/** Every task kind, in the order in which people are shown them. */
export const TASK_KINDS: readonly TaskKind[] = Object.values(taskDefinitions).map((definition) => definition.kind);

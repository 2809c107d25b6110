import { fieldErrors, invalidInput } from '@taskwire/protocol';
import * as z from 'zod';
import type { AnyTaskDefinition, TaskList } from '../definition/definition-types.ts';
import { storedForm } from '../json/stored-form.ts';
import type { UntypedMessage, UntypedState } from '../reading/messages.ts';
import type { JsonValue } from '../json/type-assertions.ts';
import { readTaskMessage, readTaskState, readUnknownMessage, readUnknownState } from '../reading/read-task.ts';
import { checkInput, type UploadReference, type UploadRules } from '../uploads/upload-collector.ts';
import { uploadRulesIn } from '../uploads/upload-rules.ts';
import type { CatalogMessage, CatalogState } from './catalog-messages.ts';
import type { TaskRequest, TaskRequestInput } from './task-request.ts';
import { catalogMessageOf, catalogStateOf, requestSchemaOf } from './type-assertions.ts';

/** The kinds of a server or worker, by name. `Definition` is the union of their definitions. */
export interface TaskCatalog<Definition extends AnyTaskDefinition = AnyTaskDefinition> {
  /** The definitions, in the order in which they were given. */
  readonly tasks: readonly Definition[];
  readonly kinds: readonly string[];
  /** The definition of a kind; undefined for one that the catalog does not have. */
  find(kind: string): Definition | undefined;
  /** Input schema of `task.create`: a union by `kind`. */
  readonly requestSchema: z.ZodType<TaskRequest<Definition>, TaskRequestInput<Definition>>;
  /** The form in which an input is stored: see `storedForm`. `null` for a kind that the catalog does not have. */
  storedInput(kind: string, given: unknown): JsonValue;
  /**
   * The uploads in an input, found while the kind's schema checks it.
   * @throws TaskwireError INVALID_INPUT, naming each field that the kind refuses.
   */
  uploadsOf(request: { kind: string; input: unknown }): readonly UploadReference[];
  /** Rules of the `upload()` fields of all kinds. */
  readonly uploadRules: readonly UploadRules[];
  /** Checks a state and gives it the types of its kind. */
  readState(state: UntypedState): CatalogState<Definition>;
  /** Checks a message of a task of `kind` and gives it the types of that kind; a snapshot, those of its state's kind. */
  readMessage(kind: string, message: UntypedMessage): CatalogMessage<Definition>;
}

/**
 * Makes a catalog of definitions.
 * @throws Error if two of them have the same kind.
 */
export function createTaskCatalog<const Tasks extends TaskList>(tasks: Tasks): TaskCatalog<Tasks[number]> {
  const byKind = new Map<string, Tasks[number]>();
  for (const task of tasks) {
    if (byKind.has(task.kind)) throw new Error(`two tasks have the kind "${task.kind}": give one of them another`);
    byKind.set(task.kind, task);
  }
  const find = (kind: string) => byKind.get(kind);
  const readState = (state: UntypedState): CatalogState<Tasks[number]> => {
    const task: AnyTaskDefinition | undefined = find(state.kind);
    return task === undefined ? readUnknownState(state) : catalogStateOf<Tasks[number]>(readTaskState(task, state));
  };
  return {
    tasks,
    kinds: [...byKind.keys()],
    find,
    requestSchema: requestSchemaOf<Tasks[number]>(requestUnion(tasks)),
    storedInput: (kind, given) => storedForm(find(kind)?.input ?? z.null(), given),
    uploadsOf: ({ kind, input }) => uploadsIn(find(kind)?.input ?? z.never(), input),
    uploadRules: tasks.flatMap(({ input }) => uploadRulesIn(input)),
    readState,
    readMessage(kind, message) {
      if (message.type === 'snapshot') return { ...message, state: readState(message.state) };
      const task: AnyTaskDefinition | undefined = find(kind);
      const read = task === undefined ? readUnknownMessage(message) : readTaskMessage(task, message);
      return catalogMessageOf<Tasks[number]>(read);
    },
  };
}

function uploadsIn(schema: z.ZodType, input: unknown): readonly UploadReference[] {
  const check = checkInput(schema, input);
  if (check.success) return check.uploads;
  throw invalidInput(fieldErrors(check.error, { root: 'input' }));
}

/** A union of the requests of all kinds. A request of another kind is refused at `kind`. */
function requestUnion(tasks: TaskList): z.ZodType {
  const [first, ...others] = tasks.map(({ request }) => request);
  return first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...others]);
}

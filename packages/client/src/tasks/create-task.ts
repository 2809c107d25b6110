import { fieldErrorText, type FieldError } from '@taskwire/protocol';
import type { DefinitionOf, TaskInput, TaskReference, TaskRequestOptions } from '@taskwire/tasks';
import { TaskwireClientError } from '../errors/client-error.ts';
import { readSentTask } from '../transport/answers.ts';
import type { Procedures } from '../transport/procedures.ts';
import { checkReference } from './check-reference.ts';
import { readSelectedTask } from './read-selected.ts';
import type { SelectedTask } from './selected-types.ts';

/** A task to create. */
export interface Creation<Reference extends TaskReference> {
  task: Reference;
  input: TaskInput<DefinitionOf<Reference>>;
  options: TaskRequestOptions;
}

/**
 * Creates a task. If the reference has schemas, the request is checked before it is sent, so a wrong one costs no round
 * trip. The request stays unchanged: the server applies the defaults of the kind's schema.
 * @throws TaskwireClientError INVALID_INPUT, naming the fields, or `task` if it is no reference.
 */
export async function createTask<Reference extends TaskReference>(
  procedures: Procedures,
  { task, input, options }: Creation<Reference>,
): Promise<SelectedTask<Reference>> {
  checkReference(task);
  const request = { kind: task.kind, input, ...options };
  if ('request' in task) checkRequest(task.request, request);
  return readSelectedTask<Reference>(task, readSentTask(await procedures.mutate('task.create', request)));
}

/** The part of a request's schema that is used here. */
interface RequestCheck {
  safeParse(request: unknown): { error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

function checkRequest(schema: RequestCheck, request: object): void {
  const { error } = schema.safeParse(request);
  if (error === undefined) return;
  const fields: FieldError[] = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  throw new TaskwireClientError('INVALID_INPUT', fieldErrorText(fields), { fields, cause: error });
}

import { checkInput, isTaskKind, taskDefinitions, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import { createTaskContext, type ContextParts } from '../context/create-task-context.ts';
import type { HandlerServices } from '../handlers/handler.ts';
import type { Handlers } from '../handlers/index.ts';
import { jsonProblem } from '../json-problem.ts';
import type { Uploads } from '../uploads/uploads.ts';
import { failureOf, outputUnstorable, schemaFailure, unknownKind, type Failure } from './failure.ts';

/** What became of an attempt's work. */
export type WorkOutcome<Kind extends TaskKind = TaskKind> = { output: TaskOutput<Kind> } | Failure;

/** Handlers, and what they may use. */
export interface Workshop {
  handlers: Handlers;
  services: HandlerServices;
  uploads: Uploads;
}

/** Checks a stored task, runs its kind's handler on it and checks what that results in. Never throws. */
export async function runTask(
  task: { kind: string; input: unknown },
  parts: Omit<ContextParts, 'openUpload'>,
  workshop: Workshop,
): Promise<WorkOutcome> {
  const { kind, input } = task;
  return isTaskKind(kind) ? runHandler({ kind, input }, parts, workshop) : unknownKind(kind);
}

async function runHandler<Kind extends TaskKind>(
  task: { kind: Kind; input: unknown },
  parts: Omit<ContextParts, 'openUpload'>,
  { handlers, services, uploads }: Workshop,
): Promise<WorkOutcome<Kind>> {
  const definition = taskDefinitions[task.kind];
  const input = checkInput(definition.input, task.input);
  if (!input.success) return schemaFailure('INPUT_INVALID', input.error);
  try {
    const context = createTaskContext(task.kind, {
      ...parts,
      openUpload: uploads.openerFor(parts.ownerId, input.uploads),
    });
    const result = await handlers[task.kind](context, input.data, services);
    const output = definition.output.safeParse(result);
    if (!output.success) return schemaFailure('OUTPUT_INVALID', output.error);
    const problem = jsonProblem(output.data, 'result');
    return problem === undefined ? { output: output.data } : outputUnstorable(problem);
  } catch (error) {
    return failureOf(error);
  }
}

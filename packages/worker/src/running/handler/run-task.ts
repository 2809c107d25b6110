import { checkInput, isTaskKind, taskDefinitions, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import { handlerOutput } from '../../context/type-assertions.ts';
import { createTaskContext, type ContextDependencies } from '../../context/create-task-context.ts';
import { jsonProblem } from '../../context/handler-calls.ts';
import { failureOf, outputUnstorable, schemaFailure, unknownKind, type Failure } from '../attempt/failure.ts';
import type { HandlerKit } from './handler-kit.ts';

const SETTLED: ReadonlySet<string> = new Set(['done', 'skipped', 'failed']);
const NOT_PLANNED = 'the version that finished the task does not have this stage';

/** Outcome of an attempt's work. */
export type WorkOutcome<Kind extends TaskKind = TaskKind> = { output: TaskOutput<Kind> } | Failure;

/** Checks a task's input, runs the handler of its kind, and checks the result. Never throws. */
export async function runTask(
  task: { kind: string; input: unknown },
  dependencies: Omit<ContextDependencies, 'openUpload'>,
  handlerKit: HandlerKit,
): Promise<WorkOutcome> {
  const { kind, input } = task;
  return isTaskKind(kind) ? runHandler({ kind, input }, dependencies, handlerKit) : unknownKind(kind);
}

async function runHandler<Kind extends TaskKind>(
  task: { kind: Kind; input: unknown },
  dependencies: Omit<ContextDependencies, 'openUpload'>,
  { handlers, services, uploads }: HandlerKit,
): Promise<WorkOutcome<Kind>> {
  const definition = taskDefinitions[task.kind];
  const input = checkInput(definition.input, task.input);
  if (!input.success) return schemaFailure('INPUT_INVALID', input.error);
  const opener = uploads.openerFor(dependencies.ownerId, input.uploads);
  try {
    const context = createTaskContext(task.kind, { ...dependencies, openUpload: opener.open });
    const result = await handlers[task.kind](context, input.data, services);
    const output = definition.output.safeParse(result);
    if (!output.success) return schemaFailure('OUTPUT_INVALID', output.error);
    const problem = jsonProblem(output.data, 'result');
    if (problem !== undefined) return outputUnstorable(problem);
    await skipForeignStages(task.kind, dependencies);
    // Converted once, because a `toJSON` or a getter may return another value each time.
    return { output: handlerOutput(task.kind, JSON.parse(JSON.stringify(output.data))) };
  } catch (error) {
    return failureOf(error);
  } finally {
    opener.close();
  }
}

/** Skips stages of an earlier attempt that this version does not have: a worker of another version has begun them. */
async function skipForeignStages(
  kind: TaskKind,
  { journal, state }: Pick<ContextDependencies, 'journal' | 'state'>,
): Promise<void> {
  const planned = new Set<string>(taskDefinitions[kind].stages.map(({ name }) => name));
  const open = state.stages.filter(({ name, status }) => !planned.has(name) && !SETTLED.has(status));
  for (const { name, weight } of open) {
    await journal.write({ type: 'stage', stage: name, weight, status: 'skipped', message: NOT_PLANNED });
  }
}

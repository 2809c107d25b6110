import { checkInput, type AnyTaskDefinition, type JsonValue } from '@taskwire/tasks';
import { createTaskContext, type ContextDependencies } from '../../context/create-task-context.ts';
import { encodeResult } from '../../context/encode-value.ts';
import { failureOf, schemaFailure, unknownKind, type Failure } from '../attempt/failure.ts';
import type { HandlerKit } from './handler-kit.ts';

const SETTLED: ReadonlySet<string> = new Set(['done', 'skipped', 'failed']);
const NOT_PLANNED = 'the version that finished the task does not have this stage';

/** Outcome of an attempt's work: the output in the form in which it is stored, or a failure. */
export type WorkOutcome = { output: JsonValue } | Failure;

/** Checks a task's input, runs the handler of its kind, and checks the result. Never throws. */
export async function runTask(
  { kind, input }: { kind: string; input: unknown },
  dependencies: Omit<ContextDependencies, 'openUpload'>,
  { handlers, uploads }: Pick<HandlerKit, 'handlers'> & { uploads: Pick<HandlerKit['uploads'], 'openerFor'> },
): Promise<WorkOutcome> {
  const handler = handlers.get(kind);
  if (handler === undefined) return unknownKind(kind);
  const { task } = handler;
  const checked = checkInput(task.input, input);
  if (!checked.success) return schemaFailure(checked.error);
  const opener = uploads.openerFor(dependencies.ownerId, checked.uploads);
  try {
    const context = createTaskContext(task, { ...dependencies, openUpload: opener.open });
    const result = await handler.run(context, checked.data);
    const output = encodeResult(task.output, result, "the task's result").stored;
    await skipForeignStages(task, dependencies);
    return { output };
  } catch (error) {
    return failureOf(error);
  } finally {
    opener.close();
  }
}

/** Skips stages of an earlier attempt that this version does not have: a worker of another version has begun them. */
async function skipForeignStages(
  { stages }: AnyTaskDefinition,
  { journal, state }: Pick<ContextDependencies, 'journal' | 'state'>,
): Promise<void> {
  const planned = new Set<string>(stages.map(({ name }) => name));
  const open = state.stages.filter(({ name, status }) => !planned.has(name) && !SETTLED.has(status));
  for (const { name, weight } of open) {
    await journal.write({ type: 'stage', stage: name, weight, status: 'skipped', message: NOT_PLANNED });
  }
}

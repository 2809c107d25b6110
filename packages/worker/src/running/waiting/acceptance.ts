import { describeThrown } from '@taskwire/process-kit';
import { checkInput, type AnyTaskDefinition } from '@taskwire/tasks';
import { schemaFailure } from '../attempt/failure.ts';
import type { HandlerKit } from '../handler/handler-kit.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/** The reason for which this worker cannot run an accepted task. A worker of another version may be able to. */
export interface Refusal {
  reason: 'kind' | 'input';
  /** For the task's owner. */
  message: string;
}

/** The reason for which this worker cannot run a stored task; undefined if it runs the kind and takes the input. */
export function refusalOf(
  { kind, input }: Pick<TaskRow, 'kind' | 'input'>,
  { handlers, kinds }: Pick<HandlerKit, 'handlers' | 'kinds'>,
): Refusal | undefined {
  const task = handlers.get(kind)?.task;
  if (task === undefined || !kinds.includes(kind)) {
    return { reason: 'kind', message: `waiting for a worker that knows ${kind}` };
  }
  const fault = inputFault(task, input);
  return fault === undefined
    ? undefined
    : { reason: 'input', message: `waiting for a worker whose ${kind} takes this input: ${fault}` };
}

function inputFault(task: AnyTaskDefinition, input: unknown): string | undefined {
  try {
    const parsed = checkInput(task.input, input);
    return parsed.success ? undefined : schemaFailure(parsed.error).failure.message;
  } catch (error) {
    return describeThrown(error).message;
  }
}

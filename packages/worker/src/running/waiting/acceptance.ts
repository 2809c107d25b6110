import { describeThrown } from '@taskwire/process-kit';
import { checkInput, isTaskKind, taskDefinitions } from '@taskwire/tasks';
import { schemaFailure } from '../attempt/failure.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/** The reason for which this worker cannot run an accepted task. A worker of another version may be able to. */
export interface Refusal {
  reason: 'kind' | 'input';
  /** For the task's owner. */
  message: string;
}

/**
 * The reason for which this build cannot run a stored task; undefined if it knows the kind and takes the input.
 * @param kinds the kinds that this worker runs.
 */
export function refusalOf(
  { kind, input }: Pick<TaskRow, 'kind' | 'input'>,
  kinds: ReadonlySet<string>,
): Refusal | undefined {
  if (!isTaskKind(kind) || !kinds.has(kind)) {
    return { reason: 'kind', message: `waiting for a worker that knows ${kind}` };
  }
  const fault = inputFault(kind, input);
  return fault === undefined
    ? undefined
    : { reason: 'input', message: `waiting for a worker whose ${kind} takes this input: ${fault}` };
}

function inputFault(kind: keyof typeof taskDefinitions, input: unknown): string | undefined {
  try {
    const parsed = checkInput(taskDefinitions[kind].input, input);
    return parsed.success ? undefined : schemaFailure('INPUT_INVALID', parsed.error).failure.message;
  } catch (error) {
    return describeThrown(error).message;
  }
}

import type { AnyTaskDefinition, TaskInput } from '@taskwire/tasks';
import type { TaskHandler } from '@taskwire/worker';
import { DrivenTask } from './driven-task.ts';
import type { RunOptions, TaskRun, TestTask } from './run-options.ts';

/**
 * Runs a task to its end in this process, on a virtual clock: without servers, with the attempts, retries, stages, cancel
 * and time limit of a worker. Pauses take no real time.
 * @param input as a caller writes it; uploads are ids from `testUpload`.
 * @throws TaskwireError INVALID_INPUT, naming each field that the kind refuses.
 * @example const { output, state } = await runTask(countWordsHandler, { file: testUpload('one two') });
 */
export async function runTask<Definition extends AnyTaskDefinition>(
  handler: TaskHandler<Definition>,
  input: TaskInput<Definition>,
  options: RunOptions<Definition> = {},
): Promise<TaskRun<Definition>> {
  return startTask(handler, input, options).finish();
}

/** Starts a task in the same way. The test lets time pass, cancels, and looks at the state in between. */
export function startTask<Definition extends AnyTaskDefinition>(
  handler: TaskHandler<Definition>,
  input: TaskInput<Definition>,
  options: RunOptions<Definition> = {},
): TestTask<Definition> {
  return new DrivenTask(handler, input, options);
}

import { setTimeout as delay } from 'node:timers/promises';
import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import type { TaskContext } from '../context/task-context.ts';
import { TaskError } from '../task-error.ts';

/** Counts slowly, and fails on purpose if its input says so. */
export async function countSlowly(
  ctx: TaskContext<'demo.count'>,
  input: ParsedTaskInput<'demo.count'>,
): Promise<TaskOutput<'demo.count'>> {
  const { to, everyMs, failures } = input;
  return ctx.stage('count', async (stage) => {
    for (let number = 1; number <= to; number += 1) {
      await delay(everyMs, undefined, { signal: stage.signal });
      if (failures?.at === number && ctx.attempt <= failures.times) {
        throw new TaskError('FAILED_ON_PURPOSE', `failed on purpose at ${number}`);
      }
      await stage.progress(number, to, String(number));
    }
    return { counted: to };
  });
}

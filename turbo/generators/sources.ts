import type { Names } from './names.ts';

/** A definition to begin with. */
export function definitionSource(task: { kind: string; summary: string }, { definition }: Names): string {
  return `import { z } from 'zod';
import { defineTask } from '../define-task.ts';

/** ${task.summary.replaceAll('*/', '')} */
export const ${definition} = defineTask({
  kind: '${task.kind}',
  summary: ${JSON.stringify(task.summary)},
  input: z.object({ name: z.string().min(1) }),
  output: z.object({ greeting: z.string() }),
  stages: [{ name: 'work', weight: 1 }],
});
`;
}

/** A handler to begin with. */
export function handlerSource(kind: string, { handler }: Names): string {
  return `import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import type { TaskContext } from '../context/task-context.ts';

/** Does the work of ${kind}. */
export async function ${handler}(
  ctx: TaskContext<'${kind}'>,
  input: ParsedTaskInput<'${kind}'>,
): Promise<TaskOutput<'${kind}'>> {
  return ctx.stage('work', async (stage) => {
    await stage.progress(1, 1, input.name);
    return { greeting: \`Hello \${input.name}\` };
  });
}
`;
}

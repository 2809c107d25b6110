import type { Names } from './names.ts';

/** A definition to begin with. */
export function definitionSource(task: { kind: string; summary: string }, { definition }: Names): string {
  return `import { z } from 'zod';
import { defineTask } from '../define-task.ts';
import { upload } from '../uploads/upload.ts';

/** ${task.summary.replaceAll('*/', '')} */
export const ${definition} = defineTask({
  kind: '${task.kind}',
  summary: ${JSON.stringify(task.summary)},
  input: z.object({ file: upload({ accept: ['text/plain'] }) }),
  output: z.object({ fileName: z.string(), characters: z.int().nonnegative() }),
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
    const file = await ctx.openUpload(input.file);
    const text = new TextDecoder().decode(await file.bytes());
    await stage.progress(1, 1, file.fileName);
    return { fileName: file.fileName, characters: text.length };
  });
}
`;
}

import type { Names } from './names.ts';

/** A definition to begin with. */
export function definitionSource(task: { kind: string; summary: string }, { definition }: Names): string {
  return `import { defineTask, upload } from '@taskwire/tasks';
import * as z from 'zod';

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
export function handlerSource(kind: string, { file, definition, handler }: Names): string {
  return `import { handle } from '@taskwire/worker';
import { ${definition} } from '../../definitions/${file}.ts';

/** Does the work of ${kind}. */
export const ${handler} = handle(${definition}, (ctx, input) =>
  ctx.stage('work', async (stage) => {
    const file = await ctx.openUpload(input.file);
    const text = new TextDecoder().decode(await file.bytes());
    await stage.progress(1, 1, file.fileName);
    return { fileName: file.fileName, characters: text.length };
  }),
);
`;
}

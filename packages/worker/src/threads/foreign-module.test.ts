import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { beforeAll, expect, it } from 'vitest';
import type { UntypedContext } from '../context/task-context.ts';
import { inThread } from './in-thread.ts';

const folder = useTemporaryFolder('foreign-repository');
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** TypeScript that Node itself cannot run by leaving types out: it has an enum. */
const MODULE = `
import { defineTask, latest } from '@taskwire/tasks';
import { PermanentTaskError, threadHandler } from '@taskwire/worker/thread';
import * as z from 'zod';
import { factor } from './factor.ts';

enum Unlucky { Number = 13 }

const double = defineTask({
  kind: 'number.double',
  input: z.object({ number: z.int() }),
  output: z.object({ doubled: z.int() }),
  stages: [{ name: 'double', weight: 1 }],
  channels: { preview: latest(z.object({ number: z.int() })) },
});

export default threadHandler(double, async (ctx, { number }) => {
  if (number === Unlucky.Number) throw new PermanentTaskError('UNLUCKY', 'give another number');
  await ctx.channel('preview').send({ number });
  return { doubled: number * factor };
});
`;

beforeAll(async () => {
  const modules = join(folder.path, 'node_modules');
  await mkdir(join(modules, '@taskwire'), { recursive: true });
  await symlink(PACKAGE, join(modules, '@taskwire', 'worker'));
  await symlink(join(PACKAGE, '..', 'tasks'), join(modules, '@taskwire', 'tasks'));
  for (const name of ['zod', 'tsx']) await symlink(join(PACKAGE, 'node_modules', name), join(modules, name));
  await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder.path, 'factor.ts'), 'export const factor: number = 2;');
  await writeFile(join(folder.path, 'double.ts'), MODULE);
});

const sent: unknown[] = [];
const unused = () => Promise.reject(new Error('not to be called'));
const context: UntypedContext = {
  ...{ taskId: 't', ownerId: 'o', attempt: 1, signal: new AbortController().signal },
  ...{ log: unused, openUpload: unused, stage: unused },
  channel: (name) => ({ send: async (value) => void sent.push([name, value]) }),
};

it('a module of another repository runs in a thread: its TypeScript, its channels, its failures', async () => {
  const handler = inThread('number.double', { thread: pathToFileURL(join(folder.path, 'double.ts')) });
  await handler.check();
  expect(await handler.run(context, { number: 21 })).toEqual({ doubled: 42 });
  expect(sent).toEqual([['preview', { number: 21 }]]);
  await expect(handler.run(context, { number: 13 })).rejects.toMatchObject({ code: 'UNLUCKY', permanent: true });
});

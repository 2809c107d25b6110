import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renamed = join(root, 'packages/standard-tasks/.renamed');

/** A copy of the package in which one field of `document.ingest`'s input has another name. */
beforeAll(async () => {
  await rm(renamed, { recursive: true, force: true });
  await cp(join(root, 'packages/standard-tasks/src'), renamed, { recursive: true });
  const definition = join(renamed, 'definitions/document-ingest.ts');
  const source = await readFile(definition, 'utf8');
  const changed = source.replace('uploadId: upload(', 'fileId: upload(');
  expect(changed).not.toBe(source);
  await writeFile(definition, changed);
});
afterAll(() => rm(renamed, { recursive: true, force: true }));

/** Type-checks a folder of a package against other task definitions than ours. @returns what the compiler prints. */
async function typecheck(consumer: string, folder: string): Promise<string> {
  const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
  const project = join(root, consumer, `.renamed-${process.pid}.tsconfig.json`);
  const settings = {
    extends: './tsconfig.json',
    compilerOptions: { paths: { '@taskwire/standard-tasks': [join(renamed, 'index.ts')] } },
    include: [`${folder}/**/*.ts`],
    exclude: ['**/*.test.ts', '**/*.test-d.ts'],
  };
  await writeFile(project, JSON.stringify(settings));
  try {
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        [compiler, '--noEmit', '-p', project],
        { cwd: join(root, consumer) },
        (_error, output) => resolve(output),
      );
    });
  } finally {
    await rm(project, { force: true });
  }
}

it.each([
  ['the pages', 'packages/web-kit', 'src'],
  ['the handler', 'packages/standard-tasks', '.renamed'],
])(
  'breaks the compile of %s when a field of the input of document.ingest is renamed',
  async (...[, consumer, folder]) => {
    const output = await typecheck(consumer, folder);
    expect(output).toMatch(/error TS\d+: .*(uploadId|fileId)/);
    expect(output).toMatch(new RegExp(`^${folder.replace('.', '\\.')}/`, 'm'));
  },
);

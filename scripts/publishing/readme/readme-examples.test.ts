import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inRepository } from '../../lib/repository.ts';
import { findPublicPackages } from '../lib/public-packages.ts';
import { codeBlocks } from './code-blocks.ts';
import { compileExamples, emitDeclarations } from './example-project.ts';

const packages = await findPublicPackages();

function readReadme(folder: string): Promise<string> {
  return readFile(inRepository(folder, 'README.md'), 'utf8');
}

/** The examples that other READMEs import, and the package whose README has them. */
const SHARED = [
  ['resize-image.ts', 'packages/tasks'],
  ['resize-handler.ts', 'packages/worker'],
] as const;

/** A team's own modules. */
const SESSION = `
export declare function sessionOf(cookie: string | undefined): Promise<{ userId: string } | undefined>;
`;
const IMAGES = `
export declare function decode(bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
export declare function resize(image: Uint8Array, width: number, signal: AbortSignal): Promise<string>;
`;

async function sharedFiles(): Promise<[file: string, code: string][]> {
  const examples = await Promise.all(
    SHARED.map(async ([name, folder]) => codeBlocks(await readReadme(folder)).filter(({ file }) => file === name)),
  );
  const found = examples.flat().map(({ file, code }): [string, string] => [file, code]);
  return [...found, ['images.ts', IMAGES], ['session.ts', SESSION]];
}

it('the examples of all READMEs compile', async () => {
  const files = new Map<string, string>();
  const shared = await sharedFiles();
  for (const folder of ['.', ...packages.map((one) => one.folder)]) {
    const own = codeBlocks(await readReadme(folder)).map(({ file, code }) => [file, code] as const);
    for (const [file, code] of own.length === 0 ? [] : [...shared, ...own]) {
      files.set(join(folder === '.' ? 'root' : folder, file), code);
    }
  }
  expect(files.size).toBeGreaterThan(50);
  expect(await compileExamples(packages, files)).toEqual({ status: 0, output: '' });
});

it('the examples of docs/your-repository.md compile together, as one project', async () => {
  const text = await readFile(inRepository('docs', 'your-repository.md'), 'utf8');
  const files = new Map(codeBlocks(text).map(({ file, code }) => [file, code] as const));
  expect([...files.keys()]).toContain('src/bakery/router.ts');
  expect(await compileExamples(packages, files)).toEqual({ status: 0, output: '' });
});

it('the types of a server and of a router around it are named by the server package alone', async () => {
  const text = await readFile(inRepository('docs', 'your-repository.md'), 'utf8');
  const files = new Map(codeBlocks(text).map(({ file, code }) => [file, code] as const));
  const { output, declarations } = await emitDeclarations(packages, files);
  expect(output).toBe('');
  // pnpm gives a project only the packages that it names itself: a team has @taskwire/server, and no @taskwire/router.
  for (const file of ['src/bakery/taskwire.ts', 'src/bakery/router.ts']) {
    expect(declarations.get(file)).toContain('import("@taskwire/server").NoProcedures');
    expect(declarations.get(file)).not.toMatch(/@taskwire\/router|packages\//);
  }
});

it.each(packages)('the README of $folder has an example', async ({ folder }) => {
  expect(await readReadme(folder)).toMatch(/^```(ts|tsx|vue|sh|css|html)\n/m);
});

it('an example that names what is not there does not compile', async () => {
  const wrong = new Map([
    ['wrong.ts', "import { nothing } from '@taskwire/tasks';\nvoid nothing;\n"],
    ['Wrong.vue', '<script setup lang="ts">\nconst count: number = "three";\nvoid count;\n</script>\n'],
  ]);
  const { status, output } = await compileExamples(packages, wrong);
  expect(status).toBeGreaterThan(0);
  expect(output).toContain('wrong.ts(1,10): error TS2305');
  expect(output).toContain('Wrong.vue(2,7): error TS2322');
});

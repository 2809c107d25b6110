import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, it } from 'vitest';
import { findThreadModule } from './thread-module.ts';

const folder = useTemporaryFolder('thread-module');

async function urlOf(name: string): Promise<URL> {
  const path = join(folder.path, name);
  await writeFile(path, 'export default 1;');
  return pathToFileURL(path);
}

it('takes the source, with what loads it in a thread', () => {
  const source = new URL('../testing/burn-thread.ts', import.meta.url);
  expect(findThreadModule(source)).toEqual({ url: source.href, loader: expect.stringContaining('/tsx/dist/esm/api/') });
});

it('takes the built module in the place of a source that is not there, and the reverse', async () => {
  const built = await urlOf('built.js');
  expect(findThreadModule(new URL('built.ts', built))).toEqual({ url: built.href });
  const source = new URL('../testing/burn-thread.js', import.meta.url);
  expect(findThreadModule(source).url).toMatch(/burn-thread\.ts$/);
});

it('names the files that would do if there is none', async () => {
  const built = await urlOf('other.js');
  expect(() => findThreadModule(new URL('gone.ts', built))).toThrow(/gone\.ts or .*gone\.js: build it beside/);
});

it('names the remedy if nothing here loads TypeScript', async () => {
  const source = await urlOf('source.ts');
  expect(() => findThreadModule(source)).toThrow('install tsx, or build it to JavaScript');
});

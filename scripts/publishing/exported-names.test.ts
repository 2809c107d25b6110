import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../lib/repository.ts';
import { exportedNames } from './exported-names.ts';
import { sourceOf, typesOf } from './lib/entry-points.ts';
import { findPublicPackages } from './lib/public-packages.ts';

describe('the exported names of an entry point', () => {
  it('are those of its lists and declarations', () => {
    const source = `
      // export { hidden } from './hidden.ts';
`.concat(
      "export { b, type C, d as e, default as f } from './b.ts';\n",
      "export type {\n  G,\n  H as I,\n} from './g.ts';\n",
      'export const a = 1;\nexport interface J {}\n',
      'export async function k() {}\nexport abstract class L {}\nexport async function* m() {}\n',
    );
    expect(exportedNames(source)).toEqual(['L', 'a', 'b', 'e', 'f', 'k', 'm', 'type C', 'type G', 'type I', 'type J']);
  });

  it('name the module of which all are exported', () => {
    expect(exportedNames("export * from './a.ts';")).toEqual(["* from './a.ts'"]);
  });
});

// A change of a list is a change of what teams use: a release says so. `vitest run --project scripts -u` writes the lists.
it.each(await findPublicPackages())('the public names of $folder, and no others', async ({ folder, manifest }) => {
  const lists = await Promise.all(
    typesOf(manifest).map(async (types) => {
      const source = await sourceOf(inRepository(folder), types);
      const names = exportedNames(await readFile(inRepository(folder, 'src', source), 'utf8'));
      return `src/${source}\n${names.map((name) => `  ${name}\n`).join('')}`;
    }),
  );
  const name = manifest.name.replace('@taskwire/', '');
  await expect(lists.join('\n')).toMatchFileSnapshot(
    inRepository('scripts', 'publishing', 'exported-names', `${name}.txt`),
  );
});

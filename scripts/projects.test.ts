import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../vitest.config.ts';
import { repositoryRoot } from './lib/repository.ts';

const SKIPPED = new Set(['node_modules', 'dist', 'generated', '.git', '.data', '.turbo']);

/** Every test file of the repository, relative to its root, with slashes. */
async function testFiles(folder = repositoryRoot): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) found.push(...(await testFiles(path)));
    else if (/\.test(-d)?\.tsx?$/.test(entry.name)) found.push(relative(repositoryRoot, path).split(sep).join('/'));
  }
  return found;
}

function projectRoots(): string[] {
  const projects = config.test?.projects ?? [];
  return projects.flatMap((project) =>
    typeof project === 'object' && 'test' in project && project.test.root !== undefined ? [project.test.root] : [],
  );
}

describe('vitest.config.ts', () => {
  it('names a project for every test file, so that none is forgotten', async () => {
    const roots = projectRoots();
    const files = await testFiles();
    expect(files).toContain('scripts/projects.test.ts');
    expect(files.filter((file) => !roots.some((root) => file.startsWith(`${root}/`)))).toEqual([]);
  });
});

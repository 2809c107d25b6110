import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../lib/repository.ts';
import { findTypePrograms } from './type-programs.ts';

/** Projects of their own: a test installs them from a registry, and compiles them there. */
const FOREIGN = /^(packages\/create-taskwire\/templates|e2e\/src\/registry\/foreign-app)\//;
const files = execFileSync('git', ['ls-files'], { cwd: repositoryRoot, encoding: 'utf8' })
  .split('\n')
  .filter((file) => !FOREIGN.test(file));
const programs = await findTypePrograms();

describe('the programs of the type gates', () => {
  it('hold every folder with a tsconfig.json once, under its own options', () => {
    const folders = files.filter((file) => /(^|\/)tsconfig\.json$/.test(file)).map((file) => dirname(file));
    expect(programs.flatMap((program) => program.folders).sort()).toEqual(folders.sort());
    for (const folder of folders) {
      const own: unknown = JSON.parse(readFileSync(`${repositoryRoot}/${folder}/tsconfig.json`, 'utf8'));
      const program = programs.find((one) => one.folders.includes(folder));
      expect({ compilerOptions: {}, ...Object(own) }).toMatchObject({
        compilerOptions: program?.settings.compilerOptions,
      });
    }
  });

  it('hold every file of TypeScript, among them every type test', () => {
    const included = programs.flatMap((program) => program.settings.include);
    const sources = files.filter((file) => /\.[cm]?tsx?$|\.vue$/.test(file));
    expect(sources.filter((file) => file.endsWith('.test-d.ts')).length).toBeGreaterThan(5);
    expect(sources.filter((file) => !included.some((path) => `${file}/`.startsWith(`${path}/`)))).toEqual([]);
  });

  it('check Vue components with the compiler that reads them', () => {
    const components = files.filter((file) => file.endsWith('.vue'));
    const vueFolders = programs.filter(({ compiler }) => compiler === 'vue-tsc').flatMap(({ folders }) => folders);
    expect(components.filter((file) => !vueFolders.some((folder) => file.startsWith(`${folder}/`)))).toEqual([]);
  });
});

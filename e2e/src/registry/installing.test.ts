import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createForeignProject, type ForeignProject } from './foreign-project.ts';
import { publicPackages, type PublicPackage } from './public-packages.ts';

const MANIFEST = JSON.stringify({ name: 'foreign', private: true, type: 'module' });
const SETTINGS = JSON.stringify({
  compilerOptions: { target: 'ES2023', module: 'nodenext', strict: true, skipLibCheck: false, noEmit: true },
  include: ['*.ts'],
});

let project: ForeignProject | undefined;

afterEach(() => project?.remove());

function importAll(modules: readonly string[]): string {
  return modules
    .map((module, index) => `import * as module${index} from '${module}';\nvoid module${index};\n`)
    .join('');
}

/** Number of installed copies of a package. */
async function copies({ run }: ForeignProject, name: string): Promise<number> {
  return z.array(z.unknown()).parse(JSON.parse(await run('npm', 'query', `[name="${name}"]`))).length;
}

/** All modules of these packages: those that have types compile, and each can be loaded. */
async function expectToWork(foreign: ForeignProject, packages: readonly PublicPackage[]): Promise<void> {
  await foreign.write({ 'main.ts': importAll(packages.flatMap(({ typedModules }) => typedModules)) });
  await foreign.run('npx', 'tsc');
  for (const module of packages.flatMap(({ modules }) => modules)) {
    await foreign.run('node', '--eval', `import('${module}').then(() => process.exit())`);
  }
}

describe('in an empty folder', () => {
  it('client, server and worker are installed, compile without skipLibCheck, and load', async () => {
    project = await createForeignProject({ 'package.json': MANIFEST, 'tsconfig.json': SETTINGS });
    const names = ['@taskwire/client', '@taskwire/tasks', '@taskwire/server', '@taskwire/worker'];
    await project.install(...names, 'zod', 'typescript');
    await expectToWork(
      project,
      (await publicPackages()).filter(({ name }) => names.includes(name)),
    );
    expect(await copies(project, 'zod')).toBe(1);
    expect(await copies(project, '@trpc/server')).toBe(1);
  });

  it('all public packages are installed together, compile without skipLibCheck, and load', async () => {
    project = await createForeignProject({ 'package.json': MANIFEST, 'tsconfig.json': SETTINGS });
    const packages = await publicPackages();
    // The types of tRPC's hooks need those of ws, which tRPC does not install.
    const frameworks = ['react', '@types/react', '@types/ws', '@tanstack/react-query', 'vue'];
    await project.install(...packages.map(({ name }) => name), ...frameworks, 'zod', 'typescript');
    await expectToWork(project, packages);
    for (const name of ['zod', '@trpc/server', '@trpc/client', 'react', 'vue', '@tanstack/react-query']) {
      expect({ name, copies: await copies(project, name) }).toEqual({ name, copies: 1 });
    }
  });
});

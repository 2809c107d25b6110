import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData, type Package } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../lib/repository.ts';
import { runProgram } from '../lib/run-program.ts';
import { runTurbo } from '../lib/turbo.ts';
import { manifestSchema } from './lib/manifest.ts';
import { findPublicPackages } from './lib/public-packages.ts';

/** Resolution modes of CommonJS projects, which our packages do not serve. */
const NOT_SERVED: readonly string[] = ['node10', 'node16-cjs'];

const packages = await findPublicPackages();
let folder = '';

beforeAll(async () => {
  expect(await runTurbo(['build', 'declarations'])).toMatchObject({ status: 0 });
  folder = await mkdtemp(join(tmpdir(), 'taskwire-tarballs-'));
  const pack = ['--yes', 'pnpm@12', '--recursive', 'pack', '--pack-destination', folder];
  expect(await runProgram({ command: 'npx', arguments: pack })).toMatchObject({ status: 0 });
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function readTarball(name: string): Promise<Buffer> {
  const start = name.replace('@', '').replace('/', '-');
  const file = (await readdir(folder)).find((one) => new RegExp(`^${start}-\\d`).test(one));
  return readFile(join(folder, file ?? `${name} has no tarball`));
}

/** The package.json in a tarball. */
function manifestOf(tarball: Package): unknown {
  return JSON.parse(tarball.readFile(`/node_modules/${tarball.packageName}/package.json`));
}

describe.each(packages.map(({ manifest }) => manifest))('the tarball of $name', ({ name, exports }) => {
  it('has nothing that publint refuses', async () => {
    const tarball = await readTarball(name);
    const { buffer } = new Uint8Array(tarball);
    expect((await publint({ pack: { tarball: buffer }, strict: true })).messages).toEqual([]);
  });

  // Programs and style sheets have no types.
  const typed = Object.keys(exports).filter(
    (entry) => typeof exports[entry] === 'object' && 'default' in exports[entry],
  );

  it.runIf(typed.length > 0)('has types that TypeScript finds and that fit the modules', async () => {
    const tarball = createPackageFromTarballData(await readTarball(name));
    const analysis = await checkPackage(tarball, { entrypoints: typed });
    expect(analysis.types).toMatchObject({ kind: 'included' });
    const problems = 'problems' in analysis ? analysis.problems : [];
    const served = problems.filter((one) => !('resolutionKind' in one && NOT_SERVED.includes(one.resolutionKind)));
    expect(served).toEqual([]);
  });

  it('has a licence and a README, and nothing of the sources or of this machine', async () => {
    const tarball = createPackageFromTarballData(await readTarball(name));
    const files = tarball.listFiles().map((path) => path.slice(`/node_modules/${name}/`.length));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md']));
    const own = files.filter((path) => !path.startsWith('dist/templates/'));
    expect(own.filter((path) => /\.test\.|^(src|node_modules)\/.*\.tsx?$|tsbuildinfo/.test(path))).toEqual([]);
    const texts = files.filter((path) => /\.(js|ts|json|map|css|md)$/.test(path));
    const revealing = texts.filter((path) =>
      tarball.readFile(`/node_modules/${name}/${path}`).includes(repositoryRoot),
    );
    expect(revealing).toEqual([]);
  });

  it('states only what a registry can resolve, and libraries that a team shares as peers', async () => {
    const text = manifestOf(createPackageFromTarballData(await readTarball(name)));
    expect(JSON.stringify(text)).not.toMatch(
      /workspace:|catalog:|taskwire-source|"(repository|scripts|devDependencies)"/,
    );
    const { dependencies } = manifestSchema.parse(text);
    const shared = /^(zod|react|react-dom|vue|@trpc\/.*|@tanstack\/.*)$/;
    expect(Object.keys(dependencies).filter((dependency) => shared.test(dependency))).toEqual([]);
  });
});

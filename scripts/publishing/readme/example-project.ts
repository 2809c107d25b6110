import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { inRepository, repositoryRoot } from '../../lib/repository.ts';
import { runProgram, type ProgramResult } from '../../lib/run-program.ts';
import type { PublicPackage } from '../lib/public-packages.ts';

const FOLDER = inRepository('node_modules', '.cache', 'taskwire', 'readme');

const TSC = inRepository('node_modules', 'typescript-native', 'bin', 'tsc');
const VUE_TSC = inRepository('packages', 'vue', 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js');

const SETTINGS = {
  extends: inRepository('tsconfig.base.json'),
  compilerOptions: { lib: ['ES2023', 'DOM', 'DOM.Iterable'], jsx: 'react-jsx', noUncheckedIndexedAccess: false },
};

/**
 * Compiles files as a project would that has all public packages and their development dependencies. Our packages are
 * read from their sources.
 * @param files path → content
 */
export async function compileExamples(
  packages: readonly PublicPackage[],
  files: ReadonlyMap<string, string>,
): Promise<ProgramResult> {
  await writeProject(packages, files);
  const paths = [...files.keys()];
  // TypeScript's native compiler reads no Vue components.
  const ofVue = new Set(paths.filter((path) => path.endsWith('.vue')).map((path) => dirname(path)));
  const results = [
    await compile(
      TSC,
      paths.filter((path) => !ofVue.has(dirname(path))),
    ),
    await compile(
      VUE_TSC,
      paths.filter((path) => ofVue.has(dirname(path))),
    ),
  ];
  return {
    status: Math.max(...results.map(({ status }) => status)),
    output: results.map(({ output }) => output).join(''),
  };
}

/**
 * Emits the declarations of files without Vue components. Each type in them is named as in a team's project: by a package,
 * or by a file of the project.
 * @returns path → declaration, and the compiler's words about types that have no name.
 */
export async function emitDeclarations(
  packages: readonly PublicPackage[],
  files: ReadonlyMap<string, string>,
): Promise<{ output: string; declarations: ReadonlyMap<string, string> }> {
  await writeProject(packages, files);
  const options = {
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: repositoryRoot,
    outDir: join(FOLDER, 'types'),
  };
  const compilerOptions = { ...SETTINGS.compilerOptions, noEmit: false, ...options };
  await write('tsconfig.json', JSON.stringify({ ...SETTINGS, compilerOptions, files: [...files.keys()] }));
  const { output } = await runCompiler(TSC);
  const emitted = join(FOLDER, 'types', relative(repositoryRoot, FOLDER));
  const declarations = [...files.keys()].map(async (path) => {
    const declaration = await readFile(join(emitted, path.replace(/\.tsx?$/, '.d.ts')), 'utf8');
    return [path, declaration] as const;
  });
  return { output, declarations: new Map(await Promise.all(declarations)) };
}

async function writeProject(packages: readonly PublicPackage[], files: ReadonlyMap<string, string>): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  for (const [path, content] of files) await write(path, content);
  await write('package.json', JSON.stringify({ type: 'module' }));
  await linkModules(packages);
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(FOLDER, path)), { recursive: true });
  await writeFile(join(FOLDER, path), content);
}

async function compile(compiler: string, files: readonly string[]): Promise<ProgramResult> {
  if (files.length === 0) return { status: 0, output: '' };
  await write('tsconfig.json', JSON.stringify({ ...SETTINGS, files }));
  return runCompiler(compiler, '--noEmit');
}

async function runCompiler(compiler: string, ...options: string[]): Promise<ProgramResult> {
  const settings = join(FOLDER, 'tsconfig.json');
  const commandLine = [compiler, ...options, '--pretty', 'false', '-p', settings];
  const { output } = await runProgram({ command: process.execPath, arguments: commandLine });
  // Our sources have options of their own; the gate of types checks them.
  const faults = output.split('\n').filter((line) => line.startsWith(`${relative(repositoryRoot, FOLDER)}/`));
  return { status: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
}

/** Links our packages, and of the others the first that one of ours has. */
async function linkModules(packages: readonly PublicPackage[]): Promise<void> {
  const linked = new Set<string>();
  for (const { folder, manifest } of packages) {
    linked.add(manifest.name);
    await link(inRepository(folder), manifest.name);
  }
  for (const { folder } of packages) {
    for (const name of await modulesIn(inRepository(folder, 'node_modules'))) {
      if (!linked.has(name)) await link(inRepository(folder, 'node_modules', name), name);
      linked.add(name);
    }
  }
}

async function link(target: string, name: string): Promise<void> {
  const path = join(FOLDER, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

/** `zod`, `@trpc/server`, … */
async function modulesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
  const nested = names.map(async (name) =>
    name.startsWith('@') ? (await readdir(join(folder, name))).map((one) => `${name}/${one}`) : [name],
  );
  return (await Promise.all(nested)).flat();
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRepository, isFile } from '../../lib/repository.ts';
import { runProgram } from '../../lib/run-program.ts';

/** Folder of temporary output. It is below the package, because compilers search global types from there upwards. */
const CACHE = join('node_modules', '.cache', 'taskwire');

/** The declarations of a package. */
export interface Compiled {
  folder: string;
  /** The compiler's words about what it did not emit, and about faults that the gate of types reports. */
  output: string;
}

/**
 * Compiles the declarations of a package's files, and of all that they import, into a temporary folder, and passes them
 * on. A file whose types cannot be stated has no declaration.
 * @param sources paths relative to the package's `src`
 */
export async function withDeclarations<Result>(
  packageFolder: string,
  sources: readonly string[],
  use: (compiled: Compiled) => Promise<Result>,
): Promise<Result> {
  await mkdir(join(packageFolder, CACHE), { recursive: true });
  const folder = await mkdtemp(join(packageFolder, CACHE, 'declarations-'));
  try {
    const output = await compile(packageFolder, sources, folder);
    return await use({ folder: join(folder, 'types'), output });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compile(packageFolder: string, sources: readonly string[], folder: string): Promise<string> {
  const settings = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    allowImportingTsExtensions: true,
    stripInternal: true,
    rootDir: join(packageFolder, 'src'),
    outDir: join(folder, 'types'),
  };
  const files = sources.map((source) => join(packageFolder, 'src', source));
  const text = { extends: join(packageFolder, 'tsconfig.json'), compilerOptions, include: [], files };
  await writeFile(settings, JSON.stringify(text));
  const compiler = await compilerPath(packageFolder);
  const commandLine = [compiler, '-p', settings, '--pretty', 'false'];
  return (await runProgram({ command: process.execPath, arguments: commandLine })).output;
}

/** TypeScript's native compiler reads no Vue components. */
async function compilerPath(packageFolder: string): Promise<string> {
  const forVue = join(packageFolder, 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js');
  return (await isFile(forVue)) ? forVue : inRepository('node_modules', 'typescript-native', 'bin', 'tsc');
}

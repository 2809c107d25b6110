import { mkdir, writeFile } from 'node:fs/promises';
import { inRepository } from '../lib/repository.ts';
import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { runTurbo } from '../lib/turbo.ts';
import { typesOf } from '../publishing/lib/entry-points.ts';
import { findPublicPackages } from '../publishing/lib/public-packages.ts';

const FOLDER = inRepository('node_modules', '.cache', 'taskwire', 'declarations');

/** As strict as a team may be; its own packages are found by their `types`, not by their sources. */
const STRICT = {
  target: 'ES2023',
  module: 'nodenext',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

/**
 * The gate of the published types: each package's declarations are emitted (with refusals of their own), and all of them
 * compile together, as in a foreign project.
 */
export async function checkDeclarations(): Promise<ProgramResult> {
  const emitted = await runTurbo(['declarations']);
  if (emitted.status !== 0) return emitted;
  const settings = await writeProgram();
  const compiler = inRepository('node_modules', 'typescript-native', 'bin', 'tsc');
  const commandLine = [compiler, '--pretty', 'false', '-p', settings];
  return withoutForeignFaults(await runProgram({ command: process.execPath, arguments: commandLine }));
}

/** A result of the compiler without the faults in the declarations of other packages. Any other failure stays one. */
export function withoutForeignFaults({ status, output }: ProgramResult): ProgramResult {
  const faults = output.split('\n').filter((line) => /\berror TS\d+/.test(line));
  if (faults.length === 0) return { status, output };
  const own = faults.filter((line) => !/^\S*node_modules\/\S+\(\d+,\d+\): error/.test(line));
  return { status: own.length === 0 ? 0 : 1, output: own.join('\n') };
}

async function writeProgram(): Promise<string> {
  const packages = await findPublicPackages();
  const files = packages.flatMap(({ folder, manifest }) =>
    typesOf(manifest).map((path) => inRepository(folder, 'dist', 'types', path)),
  );
  const path = `${FOLDER}/tsconfig.json`;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path, JSON.stringify({ compilerOptions: STRICT, files }));
  return path;
}

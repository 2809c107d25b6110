import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { searchPath } from '../env.ts';

/** The repository's top folder. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** A path in the repository. */
export function inRepository(...parts: string[]): string {
  return join(repositoryRoot, ...parts);
}

/** A command that the root's development dependencies bring. */
export function localCommand(name: string): string {
  return inRepository('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Finds a program in `PATH`. @returns its path; undefined if there is none */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** Says whether a file is there and may be run. */
export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Says whether there is a file at a path. */
export function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

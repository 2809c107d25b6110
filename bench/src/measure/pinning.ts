import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programFolders } from '../env.ts';

/** Core of the servers, */
export const SERVER_CORE = 0;
/** and what loads it, publishes and measures here. */
export const LOAD_CORE = 1;

const run = promisify(execFile);

/** Path of a program; undefined if it is not installed. */
export function findProgram(name: string, folders: readonly string[] = programFolders()): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const taskset = availableParallelism() > 1 ? findProgram('taskset') : undefined;

/** Why processes are not pinned to cores here; undefined if they are. */
export function whyUnpinned(): string | undefined {
  if (taskset !== undefined) return undefined;
  if (availableParallelism() === 1) return 'server and load share the one core of this machine';
  return 'server and load are not pinned to cores: there is no taskset (Debian/Ubuntu: apt-get install util-linux)';
}

/**
 * A command that runs the given one on one core. It keeps its process id: taskset becomes the program.
 * @param words program and arguments.
 */
export function pinnedCommand(core: number, words: readonly [string, ...string[]]): [string, ...string[]] {
  return taskset === undefined ? [...words] : [taskset, '-c', String(core), ...words];
}

/** Moves a running process with all its threads to one core. */
export async function pinProcess(processId: number, core: number): Promise<void> {
  if (taskset !== undefined) await run(taskset, ['-acp', String(core), String(processId)]);
}

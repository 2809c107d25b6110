import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { serverEnvironment } from '../env.ts';

/** A user of the operating system that a server runs as. */
export interface Account {
  userId: number;
  groupId: number;
}

/** Whether this process is root. Always false on Windows. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export interface Command {
  program: string;
  argumentList: readonly string[];
  /** Name that the program gets as its own (`argv[0]`); its path if absent. */
  calledAs?: string;
  /** Account of the process. Only root may name another than its own. */
  account?: Account | undefined;
  environment?: NodeJS.ProcessEnv;
}

export interface CommandResult {
  succeeded: boolean;
  /** Standard output and error together, or the reason why the program did not start. */
  output: string;
}

/** Runs a program to its end. Never rejects: a program that cannot be started has not succeeded. */
export function runCommand(command: Command): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command.program, command.argumentList, {
      // The account may be unable to enter the folder of this process.
      cwd: '/',
      env: { ...serverEnvironment(), ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(command.calledAs === undefined ? {} : { argv0: command.calledAs }),
      ...(command.account === undefined ? {} : { uid: command.account.userId, gid: command.account.groupId }),
    });
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      resolve({ succeeded: false, output: error.message });
    });
    child.on('close', (status) => {
      resolve({ succeeded: status === 0, output: output.trim() });
    });
  });
}

/** Path of the first of these programs that is in a folder of the search path (written like `PATH`). */
export async function findProgram(names: readonly string[], searchPath: string): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of searchPath.split(delimiter).filter((part) => part !== '')) {
      const candidate = join(folder, name);
      if (await isExecutable(candidate)) {
        return candidate;
      }
    }
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

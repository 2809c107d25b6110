import { spawn } from 'node:child_process';

import type { Account } from './account.ts';
import { serverEnvironment } from './env.ts';

export interface Command {
  program: string;
  argumentList: readonly string[];
  /** The name under which the program sees itself, if not its path. */
  calledAs?: string;
  /** Only root may name another account than its own. */
  account?: Account | undefined;
  environment?: NodeJS.ProcessEnv;
}

export interface CommandResult {
  succeeded: boolean;
  /** What came on standard output and standard error, or why the program did not start. */
  output: string;
}

/** Runs a program to its end. Never rejects: a program that cannot be started has not succeeded. */
export function runCommand(command: Command): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command.program, command.argumentList, {
      // Not the folder of this process: the account may not be allowed to enter it.
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

import { spawn } from 'node:child_process';
import { environmentWith } from '../env.ts';
import { repositoryRoot } from './repository.ts';

export interface Program {
  command: string;
  arguments: readonly string[];
  environment?: Record<string, string | undefined>;
  /** Ends the program when it aborts. */
  signal?: AbortSignal;
  /** `show`: goes to this terminal as it comes. Default `keep`. */
  output?: 'keep' | 'show';
}

export interface ProgramResult {
  /** 128 and more if a signal ended it, as in a shell. */
  status: number;
  /** Standard output and standard error as they came; empty if shown. */
  output: string;
}

/** Without a terminal, programs must use no colours: some would, because of `CI`. */
function withoutColors(): Record<string, string | undefined> {
  return process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
}

/**
 * Runs a program in the repository's root to its end, with no standard input.
 * Rejects if it cannot be started. If the signal aborts it, rejects once it has ended.
 */
export function runProgram(program: Program): Promise<ProgramResult> {
  const stream = program.output === 'show' ? 'inherit' : 'pipe';
  const child = spawn(program.command, program.arguments, {
    cwd: repositoryRoot,
    env: environmentWith({ ...withoutColors(), ...program.environment }),
    stdio: ['ignore', stream, stream],
    ...(program.signal === undefined ? {} : { signal: program.signal }),
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    child.on('error', (error) => {
      // An aborted program still runs until it has handled its signal.
      if (child.pid === undefined) reject(error);
      else failure = error;
    });
    child.on('close', (status) => {
      if (failure !== undefined) reject(failure);
      else resolve({ status: status ?? 128, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

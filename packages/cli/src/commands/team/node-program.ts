import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { extname } from 'node:path';
import type { Variables } from '../../env.ts';
import { endWithThisProcess, watchParent } from './dead-processes.ts';

const FORWARDED = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;

/** Whether Node needs a loader for a file. */
export function isTypescript(file: string): boolean {
  return ['.ts', '.mts', '.cts', '.tsx'].includes(extname(file));
}

/** URL of the module that lets Node run TypeScript. */
export function typescriptLoader(): string {
  return import.meta.resolve('tsx');
}

/**
 * Runs a program in this terminal until it ends. Each signal reaches it once, from here: it has a process group of its own.
 * It gets SIGTERM if this process dies, and if npm's shell above this process does.
 * @returns its exit status; of a program that a signal ended: 128 and the signal's number, as in a shell.
 */
export function runNodeProgram(file: string, { folder, variables }: { folder: string; variables: Variables }) {
  const loader = isTypescript(file) ? ['--import', typescriptLoader()] : [];
  const child = spawn(process.execPath, [...loader, file], {
    cwd: folder,
    env: variables,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  const unwatchParent = watchParent(variables, () => forward('SIGTERM'));
  const unwatchThis = child.pid === undefined ? () => undefined : endWithThisProcess(child.pid);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      for (const each of FORWARDED) process.off(each, forward);
      unwatchParent();
      unwatchThis();
      resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

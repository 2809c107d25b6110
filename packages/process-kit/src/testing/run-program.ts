import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of a test. */
export interface Program {
  kill(signal: NodeJS.Signals): void;
  /** Standard output and error so far. */
  output(): string;
  /** Its exit status, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts a process that runs this code. It imports files of the package as `from './file.ts'`. */
export function runProgram(code: string): Program {
  const program = code.replaceAll(/from '\.\/([^']+)'/g, (_all, file: string) => {
    return `from ${JSON.stringify(import.meta.resolve(`../${file}`))}`;
  });
  const child = spawn(
    process.execPath,
    ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  }
  return {
    kill: (signal) => void child.kill(signal),
    output: () => output,
    ended: once(child, 'exit').then(() => child.signalCode ?? child.exitCode),
  };
}

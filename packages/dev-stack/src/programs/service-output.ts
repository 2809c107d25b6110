import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** Longest wait (ms) for the last lines of a program that has ended: a process that it started may hold its pipes open. */
const LAST_LINES_MS = 500;

/** The destination of a program's output. */
export interface ServiceOutput {
  /** Its standard output and standard error, for `spawn`. */
  stdio: readonly [number | 'pipe', number | 'pipe'];
  /** @returns resolves once the program has ended and its output is in the file. */
  attach(child: ChildProcess): Promise<void>;
  /** Call it once the program was started. */
  started(): Promise<void>;
}

/** Empties the log file. A program writes to it by itself or, if `onLine` is given, through this process. */
export async function openOutput(
  logFile: string,
  onLine: ((line: string) => void) | undefined,
): Promise<ServiceOutput> {
  const log = await open(logFile, 'w', 0o600);
  if (onLine === undefined) {
    return { stdio: [log.fd, log.fd], attach: () => Promise.resolve(), started: () => log.close() };
  }
  const file = createWriteStream(logFile, { fd: log });
  file.on('error', () => undefined);
  const attach = async (child: ChildProcess): Promise<void> => {
    const sources = [child.stdout, child.stderr].flatMap((input) => (input === null ? [] : [input]));
    const read = sources.map(async (input) => {
      for await (const line of createInterface({ input, crlfDelay: Infinity })) {
        file.write(`${line}\n`);
        onLine(line);
      }
    });
    const exited = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    await exited;
    await Promise.race([Promise.allSettled(read), delay(LAST_LINES_MS, undefined, { ref: false })]);
    await new Promise<void>((resolve) => file.end(resolve));
  };
  return { stdio: ['pipe', 'pipe'], attach, started: () => Promise.resolve() };
}

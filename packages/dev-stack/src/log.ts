import { readFile } from 'node:fs/promises';

/** Receives one line of progress for people. */
export type Log = (line: string) => void;

/** Discards every line. */
export const silentLog: Log = () => undefined;

/** The last lines of a server's log, for a message; empty when there is none. */
export async function logTail(file: string, lineCount = 15): Promise<string> {
  const content = await readFile(file, 'utf8').catch(() => '');
  return content.trimEnd().split('\n').slice(-lineCount).join('\n');
}

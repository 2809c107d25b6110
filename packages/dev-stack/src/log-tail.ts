import { readFile } from 'node:fs/promises';

/** The last lines of a server's log, for a message; empty when there is none. */
export async function logTail(file: string, lineCount = 15): Promise<string> {
  const content = await readFile(file, 'utf8').catch(() => '');
  return content.trimEnd().split('\n').slice(-lineCount).join('\n');
}

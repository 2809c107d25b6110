import { readFile, rm, writeFile } from 'node:fs/promises';

import { endLeftover, identifyLeftover } from '../processes/leftover.ts';

interface Noted {
  noteFile?: string;
  arguments: readonly string[];
}

/** Writes the process id of a program, and a text of its command line, into its note file. @returns removes the file. */
export async function noteProcess(program: Noted, processId: number | undefined): Promise<() => Promise<void>> {
  const { noteFile } = program;
  if (noteFile === undefined || processId === undefined) return () => Promise.resolve();
  await writeFile(noteFile, `${processId} ${program.arguments.at(-1) ?? ''}\n`);
  return async () => {
    // By then, another start of the program may have written the file.
    const content = await readFile(noteFile, 'utf8').catch(() => '');
    if (content.startsWith(`${processId} `)) await rm(noteFile, { force: true });
  };
}

/**
 * Ends the program of an earlier run that was killed, with the rest of its process group. Does nothing if the note file is
 * missing, or another program has the process id now.
 * @returns whether there was one.
 */
export async function endNotedProcess(noteFile: string): Promise<boolean> {
  const content = (await readFile(noteFile, 'utf8').catch(() => '')).trim();
  const [, id = '', mark = ''] = /^(\d+) (.+)$/s.exec(content) ?? [];
  const candidate = { processId: Number(id), marks: [mark] };
  if (id === '' || (await identifyLeftover(candidate)) !== 'ours') return false;
  await endLeftover(candidate, 'SIGTERM');
  try {
    process.kill(-candidate.processId, 'SIGKILL');
  } catch {
    // It was alone in its group.
  }
  await rm(noteFile, { force: true });
  return true;
}

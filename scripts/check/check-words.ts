import { readFile } from 'node:fs/promises';
import { inRepository } from '../lib/repository.ts';
import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { findRetiredWords, isLookedAt } from './retired-words.ts';

/** Files whose bytes are no text. */
const BINARY = /\.(png|jpe?g|gif|ico|pdf|zip|woff2?|docx|xlsx|pptx|epub|odt)$/i;

/** The gate that keeps retired words out of all files of the repository. */
export async function checkWords(): Promise<ProgramResult> {
  const listed = await runProgram({
    command: 'git',
    arguments: ['ls-files', '--cached', '--others', '--exclude-standard'],
  });
  if (listed.status !== 0) return listed;
  const files = listed.output.split('\n').filter((file) => file !== '' && isLookedAt(file) && !BINARY.test(file));
  const uses = await Promise.all(files.map(async (file) => findRetiredWords(file, await readText(file))));
  const lines = uses.flat().map(({ file, line, found, use }) => `${file}:${line}: "${found}" is retired; use: ${use}`);
  return { status: lines.length === 0 ? 0 : 1, output: lines.join('\n') };
}

/** A listed file may have been removed since, or be a link to a folder. */
function readText(file: string): Promise<string> {
  return readFile(inRepository(file), 'utf8').catch(() => '');
}

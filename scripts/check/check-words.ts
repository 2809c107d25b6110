import { readFile } from 'node:fs/promises';
import { inRepository, repositoryRoot } from '../lib/repository.ts';
import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { findRetiredWords, isLookedAt } from './retired-words.ts';

/** Files whose bytes are no text. */
const BINARY = /\.(png|jpe?g|gif|ico|pdf|zip|woff2?|docx|xlsx|pptx|epub|odt)$/i;

/** The gate that keeps retired words out of all files of the repository. */
export async function checkWords(): Promise<ProgramResult> {
  const files = (await listFiles(repositoryRoot)).filter((file) => isLookedAt(file) && !BINARY.test(file));
  const uses = await Promise.all(files.map(async (file) => findRetiredWords(file, await readText(file))));
  const lines = uses.flat().map(({ file, line, found, use }) => `${file}:${line}: "${found}" is retired; use: ${use}`);
  return { status: lines.length === 0 ? 0 : 1, output: lines.join('\n') };
}

/**
 * Lists the files of a Git repository, except those that it ignores. Paths are relative to `root`.
 * @throws Error with the words of git if it fails
 */
export async function listFiles(root: string): Promise<string[]> {
  const { status, output } = await runProgram({
    command: 'git',
    // `-z`: otherwise git writes a name with an umlaut in quotes and escapes, which names no file.
    arguments: ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  });
  if (status !== 0) throw new Error(output);
  return output.split('\0').filter((file) => file !== '');
}

/** A listed file may have been removed since, or be a link to a folder. @throws Error for any other file that is not read */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(inRepository(file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return '';
    throw error;
  }
}

import { readdir } from 'node:fs/promises';
import { changeFiles } from './file-changes.ts';
import type { Template } from './options.ts';
import { templateFiles } from './template-files.ts';

/** Names that a folder of a new project may hold already. */
const HARMLESS = new Set(['.git', '.DS_Store', '.idea', '.vscode']);

/**
 * Makes a project in a new or empty folder.
 * @returns the paths of its files.
 * @throws Error if the folder holds files, or cannot be written: then nothing is written.
 */
export async function createProject(
  folder: string,
  { template, name }: { template: Template; name: string },
): Promise<string[]> {
  const held = (await entriesOf(folder)).filter((entry) => !HARMLESS.has(entry));
  if (held.length > 0) {
    throw new Error(
      `${folder} is not empty (${held.slice(0, 3).join(', ')}): give another folder, or add to it by --into`,
    );
  }
  const files = await templateFiles(template, name);
  await changeFiles(folder, async (changes) => {
    for (const [path, text] of files) await changes.create(path, text);
  });
  return [...files.keys()].sort();
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new Error(`${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

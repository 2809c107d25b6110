import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { lockData } from '../data/data-folder.ts';
import type { FolderLock } from '../data/folder-lock.ts';
import { prepareProgramFolder, type ProgramFolder } from '../data/program-folder.ts';

const FOLDER_NAME = '.taskwire';

export interface DevFolder extends ProgramFolder {
  /** Reports of imports, and notes of the programs that run. */
  run: string;
  lock: FolderLock;
  isNew: boolean;
}

/**
 * Makes `.taskwire/` in the team's folder, which git ignores, and makes this process the only one that uses it.
 * @throws DevStackError or Problem if it cannot be written, or another `taskwire dev` uses it
 */
export async function prepareDevFolder(folder: string): Promise<DevFolder> {
  const path = join(folder, FOLDER_NAME);
  const isNew = !existsSync(path);
  const prepared = await prepareProgramFolder(path);
  await writeFile(join(path, '.gitignore'), '# Data of `taskwire dev`. It can be deleted.\n*\n');
  const run = join(path, 'run');
  await mkdir(run, { recursive: true, mode: 0o700 });
  return { ...prepared, run, isNew, lock: await lockData(path, 'dev') };
}

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { temporaryFolder } from '../env.ts';

/** A folder of one test. */
export interface TemporaryTree {
  /** Absolute, without symbolic links. */
  root: string;
  remove(): Promise<void>;
}

/** Makes a folder with these files (path → content). */
export async function createTemporaryTree(files: Readonly<Record<string, string>> = {}): Promise<TemporaryTree> {
  const root = await realpath(await mkdtemp(join(temporaryFolder(), 'taskwire-dev-stack-')));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

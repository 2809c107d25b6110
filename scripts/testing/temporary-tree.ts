import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A throw-away folder laid out like a repository. */
export interface TemporaryTree {
  /** Absolute, without symbolic links. */
  root: string;
  remove(): Promise<void>;
}

/** Makes a folder with these files (path → content) and symbolic links (path → target, both within the folder). */
export async function createTemporaryTree(
  files: Record<string, string>,
  links: Record<string, string> = {},
): Promise<TemporaryTree> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'taskwire-tree-')));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(join(root, target), join(root, path));
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

import { afterAll, beforeAll } from 'vitest';
import { createTemporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';

/**
 * A temporary folder for the tests of a file or a `describe`: made before them, deleted after them.
 * @param name Its purpose, a part of its name.
 * @returns `path` can be read in tests and hooks.
 */
export function useTemporaryFolder(name: string): Pick<TemporaryFolder, 'path'> {
  let folder: TemporaryFolder | undefined;
  beforeAll(async () => {
    folder = await createTemporaryFolder(name);
  });
  afterAll(() => folder?.remove());
  return {
    get path() {
      if (folder === undefined) throw new Error('the folder is made before the first test');
      return folder.path;
    },
  };
}

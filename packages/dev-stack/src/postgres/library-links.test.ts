import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { silentLog } from '../log.ts';
import { runCommand } from '../processes/commands.ts';
import { withTemporaryFolder } from '../testing/support.ts';
import { ensureLibraryLinks } from './library-links.ts';
import { findPostgresPrograms, locatePackage } from './programs.ts';

/** A copy of the package as it is before its install script. */
async function copyWithoutLinks(folder: string): Promise<string> {
  const packaged = join(folder, 'package');
  await cp(locatePackage(), packaged, { recursive: true, verbatimSymlinks: true });
  const listed = await readFile(join(packaged, 'native', 'pg-symlinks.json'), 'utf8');
  for (const [, target = ''] of listed.matchAll(/"target":"([^"]+)"/g)) await rm(join(packaged, target));
  return packaged;
}

describe.runIf(process.platform === 'linux')('a package whose install script did not run', () => {
  it('gets the links to its shared libraries, and its programs run', async () => {
    await withTemporaryFolder(async (folder) => {
      const packaged = await copyWithoutLinks(folder);
      const { initdb, postgres } = await findPostgresPrograms(undefined, { log: silentLog, packaged });
      expect(postgres).toContain(packaged);
      for (const program of [initdb, postgres]) {
        expect(await runCommand({ program, argumentList: ['--version'] })).toMatchObject({ succeeded: true });
      }
    });
  });

  it('is linked by several processes at once', async () => {
    await withTemporaryFolder(async (folder) => {
      const packaged = await copyWithoutLinks(folder);
      expect(await Promise.all([1, 2, 3].map(() => ensureLibraryLinks(packaged)))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });
  });

  it('is refused with the remedy if its links cannot be made', async () => {
    await withTemporaryFolder(async (packaged) => {
      const link = { source: 'native/lib/a.so.1', target: 'native/lib/a.so' };
      await mkdir(join(packaged, 'native'));
      await writeFile(join(packaged, 'native', 'pg-symlinks.json'), JSON.stringify([link]));
      await expect(findPostgresPrograms(undefined, { log: silentLog, packaged })).rejects.toMatchObject({
        code: 'postgres-binaries-missing',
        message: expect.stringContaining('links to its shared libraries cannot be made (ENOENT'),
        remedy: expect.stringContaining('pnpm approve-builds'),
      });
    });
  });
});

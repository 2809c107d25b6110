import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { isRoot, runCommand } from '../processes/commands.ts';
import { silentLog } from '../log.ts';
import { findPostgresAccount } from './account.ts';
import { findPostgresPrograms, locatePackage } from './programs.ts';
import { startPostgres } from './start-postgres.ts';
import { rowsOf, withTemporaryFolder } from '../testing/support.ts';

const forRootOnly = 0o700;

/** Starts, runs one query, and stops. */
async function queryOnce(dataDirectory: string, query: string): Promise<unknown> {
  const postgres = await startPostgres({ dataDirectory });
  try {
    return await rowsOf(postgres.databaseUrl, query);
  } finally {
    await postgres.stop();
  }
}

async function noteOf(dataDirectory: string): Promise<string> {
  return await readFile(join(dataDirectory, 'postgres.location'), 'utf8');
}

describe.runIf(isRoot())('as root, below a folder that only root may enter', () => {
  it('keeps the data where its account can reach it, and finds it again after the folder moved', async () => {
    await withTemporaryFolder(async (folder) => {
      const first = join(folder, 'clone', '.data');
      await queryOnce(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
      const home = await noteOf(first);
      try {
        expect(await queryOnce(first, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);

        const moved = join(folder, 'moved', '.data');
        await rename(dirname(first), dirname(moved));
        expect(await queryOnce(moved, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);

        const copied = join(folder, 'copied', '.data');
        await cp(dirname(moved), dirname(copied), { recursive: true });
        expect(await queryOnce(copied, "SELECT to_regclass('kept') AS kept")).toEqual([{ kept: null }]);
        await rm(await noteOf(copied), { recursive: true });
      } finally {
        await rm(home, { recursive: true });
      }
    }, forRootOnly);
  });

  it('takes along a cluster that was made while its account could enter', async () => {
    await withTemporaryFolder(async (open) => {
      await withTemporaryFolder(async (closed) => {
        await queryOnce(join(open, '.data'), 'CREATE TABLE kept AS SELECT 42 AS answer');
        const dataDirectory = join(closed, '.data');
        await rename(join(open, '.data'), dataDirectory);

        expect(await queryOnce(dataDirectory, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
        await rm(await noteOf(dataDirectory), { recursive: true });
      }, forRootOnly);
    });
  });

  it('copies the programs to where its account can run them', async () => {
    await withTemporaryFolder(async (folder) => {
      const account = await findPostgresAccount(folder, silentLog);
      const hidden = join(folder, 'package');
      await mkdir(hidden);
      await cp(locatePackage(), hidden, { recursive: true, verbatimSymlinks: true });

      const { postgres } = await findPostgresPrograms(account, { log: silentLog, packaged: hidden });
      expect(postgres).not.toContain(folder);
      const { output } = await runCommand({ program: postgres, argumentList: ['--version'], account });
      expect(output).toMatch(/^postgres \(PostgreSQL\) 18/);
    }, forRootOnly);
  });
});

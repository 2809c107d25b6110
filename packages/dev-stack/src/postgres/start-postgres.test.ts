import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { withConnection } from './connection.ts';
import { startPostgres } from './start-postgres.ts';
import type { PostgresOptions, RunningPostgres } from './start-postgres.ts';
import { refusalOf, rowsOf, withTemporaryFolder } from '../testing/support.ts';

async function withPostgres(
  options: PostgresOptions,
  work: (postgres: RunningPostgres) => Promise<void>,
): Promise<void> {
  const postgres = await startPostgres({ durable: false, ...options });
  try {
    await work(postgres);
  } finally {
    await postgres.stop();
  }
}

const ask = (postgres: RunningPostgres, query: string) => rowsOf(postgres.databaseUrl, query);

describe('startPostgres', () => {
  it('finds the data of the first start at the second, and stops without a trace', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const log: string[] = [];
      const options = { dataDirectory, durable: true, log: (line: string) => log.push(line) };
      let processId = 0;
      await withPostgres(options, async (postgres) => {
        processId = postgres.processId;
        await ask(postgres, 'CREATE TABLE kept AS SELECT 42 AS answer');
      });

      expect(() => process.kill(processId, 0)).toThrow('ESRCH');
      await withPostgres(options, async (postgres) => {
        expect(await ask(postgres, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      });
      expect(log.filter((line) => line.includes('new PostgreSQL cluster'))).toHaveLength(1);
    });
  });

  it('listens on 127.0.0.1 alone, and keeps its password from other users', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      await withPostgres({ dataDirectory }, async (postgres) => {
        expect(await ask(postgres, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
        expect(await ask(postgres, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
        const passwordFile = join(dataDirectory, 'postgres.password');
        expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
        const password = await readFile(passwordFile, 'utf8');
        const wrong = postgres.databaseUrl.replace(password, 'guessed');
        await expect(withConnection(wrong, () => Promise.resolve())).rejects.toThrow('password authentication failed');
      });
    });
  });

  it('refuses a data folder that another start uses, naming the process', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      await withPostgres({ dataDirectory }, async () => {
        const { code, message } = await refusalOf(startPostgres({ dataDirectory }));

        expect(code).toBe('already-running');
        expect(message).toContain(`process ${process.pid}`);
      });
    });
  });

  it('starts although the process id that a crash left in postmaster.pid belongs to another program now', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      await withPostgres({ dataDirectory }, () => Promise.resolve());
      const cluster = join(dataDirectory, 'postgres');
      const left = [process.pid, cluster, 1_700_000_000, 1, '', '127.0.0.1', '', 'ready', ''];
      await writeFile(join(cluster, 'postmaster.pid'), left.join('\n'));

      await withPostgres({ dataDirectory }, async (postgres) => {
        expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      });
    });
  });

  it('says in its error what the server wrote into its log', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      await withPostgres({ dataDirectory }, () => Promise.resolve());
      await writeFile(join(dataDirectory, 'postgres', 'PG_VERSION'), '9.6\n');

      const { code, message, remedy } = await refusalOf(startPostgres({ dataDirectory }));

      expect(code).toBe('postgres-failed');
      expect(message).toContain('database files are incompatible with server');
      expect(remedy).toContain('DATABASE_URL');
    });
  });

  it('refuses a data folder that cannot be made', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'in-the-way');
      await writeFile(file, '');

      for (const dataDirectory of [file, join(file, 'below')]) {
        const { code, message } = await refusalOf(startPostgres({ dataDirectory }));

        expect(code).toBe('data-directory-unwritable');
        expect(message).toContain(dataDirectory);
      }
    });
  });
});

import { lockData, prepareDataDirectory } from '../data/data-folder.ts';
import { silentLog } from '../log.ts';
import type { Log } from '../log.ts';
import { findPostgresAccount } from './account.ts';
import { clusterFolder, ensureCluster } from './cluster.ts';
import { ensureDatabase, withDatabaseName } from './connection.ts';
import { findPostgresHome, notedHome } from './home.ts';
import { clearPostgresLeftover } from './leftover.ts';
import { findPostgresPrograms } from './programs.ts';
import { startPostgresServer } from './server.ts';
import type { PostgresServer } from './server.ts';

export interface PostgresOptions {
  /** Made if absent. A second start with the same folder finds the same data. */
  dataDirectory: string;
  /** Default true. False for data that need not survive a crash: faster. */
  durable?: boolean;
  log?: Log;
}

export interface RunningPostgres {
  /** Of the database `taskwire`, with the password. */
  databaseUrl: string;
  processId: number;
  /** Resolves with the cause if the server exits before a `stop`; else never. */
  exitedByItself: Promise<string>;
  /** Stops the server in order. May be called again. */
  stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of its own on 127.0.0.1, from the programs that npm packages bring.
 *
 * PostgreSQL refuses to run as root, so as root it runs as another account (see `findPostgresAccount`). That account must
 * reach the programs and the data even when the checkout lies below a folder that only root may enter: then the programs
 * are copied, and the data is kept, in `/var/lib/taskwire` (see `findPostgresPrograms`, `findPostgresHome`).
 *
 * @throws DevStackError `data-directory-unwritable`, `already-running`, `postgres-binaries-missing`,
 *   `postgres-account-missing` or `postgres-failed`
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  await prepareDataDirectory(options.dataDirectory);
  const lock = await lockData(options.dataDirectory, 'postgres');
  try {
    const { server, maintenanceUrl } = await startUnderLock(options);
    const stop = async () => {
      await server.stop(options.durable === false ? 'SIGQUIT' : 'SIGINT');
      await lock.release();
    };
    const { processId, exitedByItself } = server;
    return { databaseUrl: withDatabaseName(maintenanceUrl, 'taskwire'), processId, exitedByItself, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startUnderLock(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDirectory, durable = true, log = silentLog } = options;
  const knownHome = (await notedHome(dataDirectory)) ?? dataDirectory;
  const account = await findPostgresAccount(clusterFolder(knownHome), log);
  const programs = await findPostgresPrograms(account, { log });
  const home = await findPostgresHome(dataDirectory, { account, log });
  const place = { dataDirectory, home, account, programs, durable, log };
  await clearPostgresLeftover(clusterFolder(home), log);
  const password = await ensureCluster(place);
  const running = await startPostgresServer({ ...place, password });
  try {
    await ensureDatabase(running.maintenanceUrl, 'taskwire');
    return running;
  } catch (error) {
    await running.server.stop();
    throw error;
  }
}

import { join } from 'node:path';

import { stablePort } from '../data/stable-port.ts';
import { DevStackError } from '../dev-stack-error.ts';
import { logTail } from '../log.ts';
import { startManagedProcess } from '../processes/managed-process.ts';
import type { ManagedProcess } from '../processes/managed-process.ts';
import { clusterFolder, clusterUser } from './cluster.ts';
import type { ClusterPlace } from './cluster.ts';
import { waitForConnection } from './connection.ts';

export interface PostgresServer {
  server: ManagedProcess;
  /** The database `postgres`, for making others. */
  maintenanceUrl: string;
}

export interface ServerSettings extends ClusterPlace {
  password: string;
}

const startTimeoutMs = 60_000;

/**
 * Starts the server on a free port of 127.0.0.1 (that of the last start, if it is free), and waits until it answers.
 *
 * @throws DevStackError `postgres-failed`
 */
export async function startPostgresServer(settings: ServerSettings): Promise<PostgresServer> {
  const logFile = join(settings.dataDirectory, 'postgres.log');
  // The port that was free may be taken by the time PostgreSQL binds it.
  for (let attempt = 1; ; attempt += 1) {
    const port = await stablePort(join(settings.dataDirectory, 'postgres.port'));
    const maintenanceUrl = `postgresql://${clusterUser}:${settings.password}@127.0.0.1:${port}/postgres`;
    const server = await launch(settings, { port, logFile });
    const deadline = Date.now() + startTimeoutMs;
    try {
      await waitForConnection(maintenanceUrl, () => server.hasExited() || Date.now() > deadline);
      return { server, maintenanceUrl };
    } catch (error) {
      await server.stop('SIGQUIT');
      const tail = await logTail(logFile);
      if (attempt < 3 && tail.includes('Address already in use')) {
        continue;
      }
      throw startFailure(tail, { logFile, error });
    }
  }
}

async function launch(
  settings: ServerSettings,
  { port, logFile }: { port: number; logFile: string },
): Promise<ManagedProcess> {
  const values = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'cluster_name=taskwire',
    ...(settings.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return await startManagedProcess({
    program: settings.programs.postgres,
    argumentList: ['-D', clusterFolder(settings.home), '-p', `${port}`, ...values.flatMap((value) => ['-c', value])],
    account: settings.account,
    logFile,
    stopSignal: 'SIGINT',
  });
}

function startFailure(tail: string, { logFile, error }: { logFile: string; error: unknown }): DevStackError {
  return new DevStackError('postgres-failed', {
    message: `PostgreSQL did not start (${String(error)}). The end of ${logFile}:\n${tail}`,
    remedy: 'Mend what the log names, or set DATABASE_URL to a PostgreSQL of your own.',
    cause: error,
  });
}

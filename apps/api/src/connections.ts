import { checkWritable, createDatabase, loadTaskSnapshot } from '@taskwire/db';
import { RedisProbe, createEventLog, type EventLog, type TaskAddress } from '@taskwire/event-log';
import type { Closing, Dependency } from '@taskwire/process-kit';
import { createTaskQueue, type TaskQueue } from '@taskwire/queue';
import type { Logger } from 'pino';
import { withTranslatedErrors, type ApiDatabase } from './adapters/api-database.ts';
import { Withdrawals } from './adapters/withdrawals.ts';
import { checkRedis } from './http/operations/check-redis.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** A PostgreSQL that is frozen keeps its connections; nobody must wait for it for ever. */
const QUERY_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** The api's connections to PostgreSQL and Redis, of which it is the owner. */
export interface Connections {
  database: ApiDatabase;
  eventLog: EventLog;
  queue: TaskQueue;
  withdrawals: Withdrawals;
  redisProbe: Pick<RedisProbe, 'warning'>;
  dependencies: readonly Dependency[];
  /** Closes them all; a server that does not answer holds it up for two seconds at most. */
  close(closing: Closing): Promise<void>;
}

/** Opens them all. Neither PostgreSQL nor Redis need be there: they are waited for when they are needed. */
export function openConnections(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string },
  logger: Logger,
): Connections {
  const onConnectionError = reportChanges(logger);
  const databaseOptions = {
    connectionString: databaseUrl,
    connectionTimeoutMs: CONNECT_TIMEOUT_MS,
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    applicationName: 'taskwire-api',
    onConnectionLost: (err: Error) => logger.warn({ err }, 'PostgreSQL: connection lost'),
  };
  const database = withTranslatedErrors(createDatabase(databaseOptions));
  // A pool in full use does not mean that PostgreSQL is away.
  const probe = createDatabase({ ...databaseOptions, poolSize: 1, applicationName: 'taskwire-api-readiness' });
  const eventLog = createEventLog({
    redisUrl,
    loadSnapshot: (taskId) => loadTaskSnapshot(database, taskId),
    onConnectionError,
  });
  const queue = createTaskQueue({ redisUrl, onConnectionError });
  const forget = async (task: TaskAddress) => {
    await Promise.all([queue.removeWaiting(task.taskId), eventLog.remove(task)]);
  };
  const redisProbe = new RedisProbe(redisUrl);
  const withdrawals = new Withdrawals({ database, forget });
  return {
    database,
    eventLog,
    queue,
    withdrawals,
    redisProbe,
    dependencies: [
      { name: 'postgres', ping: () => checkWritable(probe) },
      { name: 'redis', ping: () => checkRedis({ eventLog, probe: redisProbe, queue }) },
    ],
    async close(closing) {
      withdrawals.close();
      redisProbe.close();
      await Promise.all([
        closing.close('queue', CLOSE_TIMEOUT_MS, queue.close()),
        closing.close('event log', CLOSE_TIMEOUT_MS, eventLog.close()),
      ]);
      const disconnecting = Promise.all([database.$disconnect(), probe.$disconnect()]);
      await closing.close('database', CLOSE_TIMEOUT_MS, disconnecting);
    },
  };
}

/** Logs a connection error when it is another one than before: a server that is away is tried many times a second. */
function reportChanges(logger: Logger): (error: Error) => void {
  let last = '';
  return (error) => {
    if (error.message === last) return;
    last = error.message;
    logger.warn({ err: error }, 'Redis: connection error');
  };
}

import { checkWritable, createDatabase, loadTaskSnapshot } from '@taskwire/db';
import { RedisProbe, createEventLog, type EventLog, type TaskAddress } from '@taskwire/event-log';
import { logChangedErrors, type Closing, type Dependency } from '@taskwire/process-kit';
import { createTaskQueue, type TaskQueue } from '@taskwire/queue';
import type { TaskCatalog } from '@taskwire/tasks';
import type { Logger } from 'pino';
import { withTranslatedErrors, type ApiDatabase } from './adapters/api-database.ts';
import { Withdrawals } from './adapters/withdrawals.ts';
import { checkRedis } from './http/operations/check-redis.ts';

/** Longest time (ms) for a new connection to PostgreSQL. */
const CONNECT_TIMEOUT_MS = 3_000;
/** Longest time (ms) of a query. A frozen PostgreSQL keeps its connections open and never answers. */
const QUERY_TIMEOUT_MS = 10_000;
/** Longest time (ms) for closing the connections to Redis, and then as long for those to PostgreSQL. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The connections of an api process to PostgreSQL and Redis. Their opener closes them. */
export interface Connections {
  database: ApiDatabase;
  eventLog: EventLog;
  queue: TaskQueue;
  withdrawals: Withdrawals;
  redisProbe: Pick<RedisProbe, 'warning'>;
  dependencies: readonly Dependency[];
  /** Closes them all, within two time limits of 2 s. Servers that do not answer stay pending in `closing`. */
  close(closing: Closing): Promise<void>;
}

/** Opens them all. PostgreSQL and Redis may be away: each call waits for its server. */
export function openConnections(
  { databaseUrl, redisUrl, catalog }: { databaseUrl: string; redisUrl: string; catalog: TaskCatalog },
  logger: Logger,
): Connections {
  const onConnectionError = logChangedErrors(logger, 'Redis: connection error');
  const databaseOptions = {
    connectionString: databaseUrl,
    connectionTimeoutMs: CONNECT_TIMEOUT_MS,
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    applicationName: 'taskwire-api',
    onConnectionLost: (err: Error) => logger.warn({ err }, 'PostgreSQL: connection lost'),
  };
  const database = withTranslatedErrors(createDatabase(databaseOptions));
  // Has a connection of its own: a pool in full use is no sign that PostgreSQL is away.
  const probe = createDatabase({ ...databaseOptions, poolSize: 1, applicationName: 'taskwire-api-readiness' });
  const eventLog = createEventLog({
    redisUrl,
    loadSnapshot: (taskId) => loadTaskSnapshot(database, taskId),
    onConnectionError,
  });
  const retryPolicyOf = (kind: string) => catalog.find(kind)?.retry;
  const queue = createTaskQueue({ redisUrl, retryPolicyOf, onConnectionError });
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
      const databases = [database, probe];
      const disconnecting = Promise.all(databases.map((each) => each.$disconnect()));
      await closing.close('database', CLOSE_TIMEOUT_MS, disconnecting);
    },
  };
}

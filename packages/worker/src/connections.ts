import { checkEncoding, createDatabase, type Database } from '@taskwire/db';
import { createEventLog, type EventLog } from '@taskwire/event-log';
import { logChangedErrors, type Closing } from '@taskwire/process-kit';
import { createTaskQueue, type RetryPolicyOf, type TaskQueue } from '@taskwire/queue';
import type { Logger } from 'pino';
import type { Environment } from './env.ts';
import { TaskRows } from './running/stored/task-rows.ts';
import { explainAccess } from './starting/database-access-error.ts';

/** Longest absence (ms) of PostgreSQL that costs a task no try. */
const PATIENCE_MS = 60_000;
/** Longest time (ms) for closing the connections to Redis, and then as long for those to PostgreSQL. */
const CLOSE_STEP_MS = 2_500;
/** Longest time (ms) for closing all connections. */
export const CLOSE_MS = 2 * CLOSE_STEP_MS;
/** Connections to PostgreSQL besides those that running tasks hold. */
const SPARE_CONNECTIONS = 4;

/** The connections of a worker process to PostgreSQL and Redis. Their opener closes them. */
export interface Connections {
  database: Database;
  rows: TaskRows;
  eventLog: EventLog;
  queue: TaskQueue;
  /** Closes them all within `CLOSE_MS`. Servers that do not answer stay pending in `closing`. */
  close(closing: Closing): Promise<void>;
}

/**
 * Opens them all. Redis may be away: each call waits for it.
 * @throws DatabaseAccessError if PostgreSQL cannot be used; DatabaseEncodingError if its database is not in UTF-8.
 */
export async function openConnections(
  { environment, logger }: { environment: Environment; logger: Logger },
  retryPolicyOf: RetryPolicyOf,
): Promise<Connections> {
  const { redisUrl } = environment;
  const database = await connectDatabase(environment, (err) => logger.warn({ err }, 'PostgreSQL: connection lost'));
  const rows = new TaskRows(database);
  const onConnectionError = logChangedErrors(logger, 'Redis: connection error');
  const loadSnapshot = (taskId: string) => rows.loadSnapshot(taskId);
  const eventLog = createEventLog({ redisUrl, loadSnapshot, patient: true, onConnectionError });
  const queue = createTaskQueue({ redisUrl, retryPolicyOf, onConnectionError });
  return {
    database,
    rows,
    eventLog,
    queue,
    async close(closing) {
      await Promise.all([
        closing.close('event log', CLOSE_STEP_MS, eventLog.close()),
        closing.close('queue', CLOSE_STEP_MS, queue.close()),
      ]);
      await closing.close('database', CLOSE_STEP_MS, database.$disconnect());
    },
  };
}

async function connectDatabase(
  { databaseUrl, concurrency }: Environment,
  onConnectionLost: (error: Error) => void,
): Promise<Database> {
  const options = { connectionString: databaseUrl, applicationName: 'taskwire-worker', onConnectionLost };
  const atOnce = createDatabase({ ...options, poolSize: 1 });
  await checkEncoding(atOnce)
    .catch((error: unknown) => {
      throw explainAccess(error);
    })
    .finally(() => atOnce.$disconnect());
  return createDatabase({ ...options, poolSize: 2 * concurrency + SPARE_CONNECTIONS, patienceMs: PATIENCE_MS });
}

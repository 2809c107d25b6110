import { checkWritable, type Database } from '@taskwire/db';
import { RedisProbe } from '@taskwire/event-log';
import { logRefusals } from '@taskwire/process-kit';
import type { Logger } from 'pino';

/** Logs the refusals of PostgreSQL and Redis at the start of the worker, one line each. One that is away is waited for. */
export async function logServerRefusals(
  { database, redisUrl }: { database: Database; redisUrl: string },
  logger: Logger,
): Promise<void> {
  const redisProbe = new RedisProbe(redisUrl);
  const dependencies = [
    { name: 'postgres', ping: () => checkWritable(database) },
    { name: 'redis', ping: () => redisProbe.check() },
  ];
  await logRefusals({ dependencies, redisProbe }, logger).finally(() => redisProbe.close());
}

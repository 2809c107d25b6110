import { checkWritable, type Database } from '@taskwire/db';
import { RedisProbe } from '@taskwire/event-log';
import type { Logger } from 'pino';

/** Says at the start of the worker, in a line each, what PostgreSQL and Redis refuse. One that is away is waited for. */
export async function logRefusals(
  { database, redisUrl }: { database: Database; redisUrl: string },
  logger: Logger,
): Promise<void> {
  const probe = new RedisProbe(redisUrl);
  try {
    const postgres = await checkWritable(database).catch(() => undefined);
    if (postgres !== undefined) logger.error(`postgres ${postgres}`);
    const redis = await probe.check().catch(() => undefined);
    if (redis !== undefined) logger.error(`redis ${redis}`);
    const warning = await probe.warning();
    if (warning !== undefined) logger.warn(`redis ${warning}`);
  } finally {
    probe.close();
  }
}

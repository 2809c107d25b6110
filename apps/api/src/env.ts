import { databaseUrl, parseEnvironment } from '@taskwire/process-kit';
import * as z from 'zod';

/**
 * The database to migrate, from DATABASE_URL.
 * @throws EnvironmentError if it is missing or unusable.
 */
export function readMigrationEnvironment(): { databaseUrl: string } {
  const schema = z.object({ DATABASE_URL: databaseUrl() });
  return { databaseUrl: parseEnvironment(process.env, { schema }).DATABASE_URL };
}

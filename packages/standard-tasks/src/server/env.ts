import { databaseUrl, parseEnvironment } from '@taskwire/process-kit';
import * as z from 'zod';

const variablesSchema = z.object({ DATABASE_URL: databaseUrl() });

/**
 * Settings from options, and from the environment where an option is absent.
 * @throws EnvironmentError naming what is missing or unusable.
 */
export function readDocumentServerSettings(options: { databaseUrl?: string }): { databaseUrl: string } {
  const { databaseUrl: given } = options;
  const variables = given === undefined ? process.env : { DATABASE_URL: given };
  return { databaseUrl: parseEnvironment(variables, { schema: variablesSchema }).DATABASE_URL };
}

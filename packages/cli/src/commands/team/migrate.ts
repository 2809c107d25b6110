import { UsageError } from '../../input/usage-error.ts';
import type { Output } from '../../output/output.ts';
import type { Surroundings } from '../../surroundings.ts';
import { applyAll, findMigrations, type PackageMigrations } from './migrations.ts';
import { readTeamSettings, type SettingOptions } from './settings.ts';
import { readVariables } from './variables.ts';

/** `taskwire migrate`. @throws UsageError without DATABASE_URL; CommandFailure if a migration cannot be applied. */
export async function migrate(
  options: Pick<SettingOptions, 'extensions'> & { from?: string },
  { output, surroundings }: { output: Output; surroundings: Surroundings },
): Promise<void> {
  const settings = await readTeamSettings(surroundings.workingFolder, options);
  const { DATABASE_URL: databaseUrl = '' } = await readVariables(settings.folder, surroundings.variables);
  if (databaseUrl === '') {
    throw new UsageError(
      'DATABASE_URL is not set: set it to the database to migrate, as in postgresql://user:password@host:5432/name; ' +
        'taskwire dev migrates its own database by itself',
    );
  }
  const { from } = options;
  const address = { databaseUrl, ...(from === undefined ? {} : { from }) };
  const sources = findMigrations(settings);
  for (const migrated of await applyAll(sources, address)) output.result(migrated, words(migrated));
}

function words({ package: name, applied }: PackageMigrations): string {
  if (applied === undefined) return `${name}  has no migrations`;
  if (applied.length === 0) return `${name}  up to date`;
  return `${name}  ${applied.length} applied: ${applied.join(', ')}`;
}

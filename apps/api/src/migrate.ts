// Applies the pending migrations to the database that DATABASE_URL names, in the api's image: `node dist/migrate.js`.
// `--from public` moves the tables of a version before 20261128, while no api and no worker runs.
import { parseArgs } from 'node:util';
import { migrateDatabase } from '@taskwire/db';
import { environmentOrExit } from '@taskwire/process-kit';
import { migrate } from '@taskwire/standard-tasks/migrate';
import { readMigrationEnvironment } from './env.ts';

const { databaseUrl } = environmentOrExit(readMigrationEnvironment);
try {
  const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
  const options = { databaseUrl, ...(from === undefined ? {} : { from }) };
  const { applied: ofTasks } = await migrateDatabase(options);
  const { applied: ofDocuments } = await migrate(options);
  const applied = [...ofTasks, ...ofDocuments];
  process.stdout.write(`${applied.length === 0 ? 'The tables are up to date.' : `Applied: ${applied.join(', ')}`}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

// Applies the pending migrations to the database that DATABASE_URL names, in the api's image: `node migrate.mjs`.
import { migrateDatabase } from '@taskwire/db';

const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl === undefined || databaseUrl === '') {
  console.error('DATABASE_URL is missing: give postgresql://user:password@host:port/database');
  process.exit(1);
}
try {
  const { applied } = await migrateDatabase({ databaseUrl });
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
} catch (error) {
  console.error(`The database cannot be migrated: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

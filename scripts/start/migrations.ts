/**
 * Applies the pending migrations of tasks and documents.
 * @param from the schema out of which tables of an earlier version are moved.
 * @returns the names of the applied ones.
 * @throws MigrationError
 */
export async function applyMigrations(databaseUrl: string, from?: string): Promise<string[]> {
  // Not before the code is generated: the clients that this loads are.
  const { migrateDatabase } = await import('@taskwire/db');
  const { migrate } = await import('@taskwire/standard-tasks/migrate');
  const options = { databaseUrl, ...(from === undefined ? {} : { from }) };
  const tasks = await migrateDatabase(options);
  const documents = await migrate(options);
  return [...tasks.applied, ...documents.applied];
}

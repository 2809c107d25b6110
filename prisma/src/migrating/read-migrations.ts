import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { MigrationError } from './migration-error.ts';

/** One step of a schema. */
export interface Migration {
  /** The name of its folder. Migrations are applied in the order of their names. */
  name: string;
  /** Statements for PostgreSQL. */
  script: string;
}

/**
 * Reads a folder of migrations in Prisma's layout: `<name>/migration.sql`.
 * @returns the migrations, oldest first.
 * @throws MigrationError `no-migrations` if the folder cannot be read.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    return await Promise.all(names.sort().map((name) => readMigration(folder, name)));
  } catch (error) {
    throw new MigrationError('no-migrations', `The migrations cannot be read from ${folder}.`, { cause: error });
  }
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  return { name, script: await readFile(join(folder, name, 'migration.sql'), 'utf8') };
}

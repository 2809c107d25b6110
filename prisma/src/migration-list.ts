import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm';

import { MigrationError } from './migrating/migration-error.ts';

// src/ and dist/ both stand one level below the package's root.
const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Reads `migrations/` in Prisma's layout, oldest first. */
export async function readMigrations(): Promise<MigrationList> {
  const lockfile = 'migration_lock.toml';
  try {
    const entries = await readdir(migrationsFolder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    return {
      baseDir: migrationsFolder,
      lockfile: { path: lockfile, content: await readFile(join(migrationsFolder, lockfile), 'utf8') },
      shadowDbInitScript: '',
      migrationDirectories: await Promise.all(names.sort().map(readMigration)),
    };
  } catch (error) {
    throw new MigrationError('no-migrations', `The migrations cannot be read from ${migrationsFolder}.`, {
      cause: error,
    });
  }
}

async function readMigration(name: string): Promise<MigrationDirectory> {
  const content = await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: content } } };
}

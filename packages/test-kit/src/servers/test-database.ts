import { randomUUID } from 'node:crypto';
import { migrateDatabase } from '@taskwire/db';
import { ensureDatabase, withConnection, withDatabaseName } from '@taskwire/dev-stack';
import pg from 'pg';

const templateName = 'taskwire_template';
const templateLock = 72707371;

/** A migrated database for one test file alone. */
export interface TestDatabase {
  databaseUrl: string;
  /** Closes the connections that are left, and deletes the database. */
  drop: () => Promise<void>;
}

/** Makes a fresh, migrated database on the same server: a copy of a template, which the first call makes; some 50 ms. */
export async function copyTemplateDatabase(databaseUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withConnection(databaseUrl, async (client) => {
    try {
      await copyTemplate(client, name);
    } catch (error) {
      if (!isMissingDatabase(error)) {
        throw error;
      }
      await makeTemplate(client, databaseUrl);
      await copyTemplate(client, name);
    }
  });
  return testDatabase(databaseUrl, name);
}

/** Makes a fresh database on the same server, without tables. */
export async function makeEmptyDatabase(databaseUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ensureDatabase(databaseUrl, name);
  return testDatabase(databaseUrl, name);
}

function testDatabase(databaseUrl: string, name: string): TestDatabase {
  const drop = async () => {
    const statement = `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`;
    await withConnection(databaseUrl, (client) => client.query(statement));
  };
  return { databaseUrl: withDatabaseName(databaseUrl, name), drop };
}

async function copyTemplate(client: pg.Client, name: string): Promise<void> {
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${templateName}`);
}

/** Makes the template once, although several test files ask at a time: under a lock, and renamed when it is complete. */
async function makeTemplate(client: pg.Client, databaseUrl: string): Promise<void> {
  const draftName = `${templateName}_draft`;
  await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [templateName]);
    if (rowCount === 0) {
      await ensureDatabase(databaseUrl, draftName);
      await migrateDatabase({ databaseUrl: withDatabaseName(databaseUrl, draftName) });
      await client.query(`ALTER DATABASE ${draftName} RENAME TO ${templateName}`);
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [templateLock]);
  }
}

function isMissingDatabase(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '3D000';
}

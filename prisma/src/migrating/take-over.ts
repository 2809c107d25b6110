import pg from 'pg';

import { MigrationError } from './migration-error.ts';
import type { MigrationRecord } from './migration-record.ts';
import { ensureSchema, hasTables, inTransaction, type MigrationSession } from './migration-session.ts';

/** Longest wait (ms) for the locks of tables that are moved. */
const LOCK_WAIT_MS = 5_000;
/** The schema in which versions without a schema of their own kept their tables. */
const FORMER_SCHEMA = 'public';

/** Tables of versions that did not record their migrations in the set's own table. */
export interface TakeOver {
  /** The tables, which all exist in such a version. */
  tables: readonly string[];
  /** The enum types. */
  types?: readonly string[];
  /** The migration that makes what such a version has already. */
  baseline: string;
  /** The schema that the tables are moved from, if they are there. Tables that are found elsewhere are reported and stay. */
  from?: string;
}

/** Steps around the take-over, for sets whose earlier versions need more. */
export interface TakeOverSteps {
  /** Whether a schema holds the tables. Absent: it has all of them. */
  isThere?(session: MigrationSession, schema: string): Promise<boolean>;
  /** Brings the tables in a schema to the state of the baseline. */
  prepare?(session: MigrationSession, schema: string): Promise<void>;
  /** Called in the transaction that moved the tables out of a schema. */
  moved?(session: MigrationSession, schema: string): Promise<void>;
}

/**
 * Takes over tables that are in the session's schema, or moves them there, and notes the baseline as applied. Moving
 * changes no row and no index, and takes milliseconds.
 * @throws MigrationError `tables-elsewhere` if the tables are in another schema and may not be moved; `tables-in-use`.
 */
export async function takeOverTables(
  session: MigrationSession,
  record: MigrationRecord,
  { steps = {}, ...takeOver }: TakeOver & { steps?: TakeOverSteps },
): Promise<void> {
  const { schema } = session.address;
  const isThere = (place: string) => steps.isThere?.(session, place) ?? hasTables(session, place, takeOver.tables);
  const place = (await isThere(schema)) ? schema : await findElsewhere(session, { record, takeOver, isThere });
  if (place === undefined) return;
  await steps.prepare?.(session, place);
  await inTransaction(session, async () => {
    if (place !== schema) {
      await moveTables(session, place, takeOver);
      await steps.moved?.(session, place);
    }
    await record.create();
    await record.add(takeOver.baseline);
  });
}

interface Search {
  record: MigrationRecord;
  takeOver: TakeOver;
  isThere: (schema: string) => Promise<boolean>;
}

/** The schema to move the tables from. Undefined if there are none. */
async function findElsewhere(
  { address }: MigrationSession,
  { record, takeOver: { from }, isThere }: Search,
): Promise<string | undefined> {
  const { schema, coreSchema } = address;
  if (from !== undefined && (await record.exists(from))) throw atTheirPlace(from);
  if (from !== undefined && (await isThere(from))) return from;
  for (const place of new Set([coreSchema, FORMER_SCHEMA])) {
    // With a record of their own, the tables belong to another installation.
    if (place !== schema && !(await record.exists(place)) && (await isThere(place))) throw elsewhere(place, schema);
  }
  return undefined;
}

async function moveTables(session: MigrationSession, place: string, { tables, types = [] }: TakeOver): Promise<void> {
  const { client, address } = session;
  await throwIfUsed(session);
  await client.query(`SELECT set_config('lock_timeout', $1, true)`, [`${LOCK_WAIT_MS}ms`]);
  await ensureSchema(session, address.schema);
  const target = pg.escapeIdentifier(address.schema);
  const source = pg.escapeIdentifier(place);
  for (const name of types)
    await client.query(`ALTER TYPE ${source}.${pg.escapeIdentifier(name)} SET SCHEMA ${target}`);
  for (const name of tables) {
    await client.query(`ALTER TABLE ${source}.${pg.escapeIdentifier(name)} SET SCHEMA ${target}`);
  }
}

/** Running processes find the tables at their former place only. */
async function throwIfUsed({ client }: MigrationSession): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'taskwire-%' ORDER BY name`,
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new MigrationError(
    'tables-in-use',
    `The tables cannot be moved while processes use them (${names}): stop all api and worker processes, then migrate again.`,
  );
}

/** Tables that were migrated at their place have later migrations, whose tables a move would leave behind. */
function atTheirPlace(place: string): MigrationError {
  return new MigrationError(
    'tables-elsewhere',
    `Taskwire's tables in the schema ${place} have been migrated there, and are moved no more: ` +
      `set ?schema=${place} in DATABASE_URL, and leave --from out.`,
  );
}

function elsewhere(place: string, schema: string): MigrationError {
  return new MigrationError(
    'tables-elsewhere',
    `Taskwire's tables are in the schema ${place}, and this version looks for them in ${schema}: ` +
      `set ?schema=${place} in DATABASE_URL to keep them there, or stop api and workers and migrate with --from ${place}.`,
  );
}

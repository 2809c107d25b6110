import pg from 'pg';

import { toMigrationError } from './migration-error.ts';
import { hasTables, inTransaction, type MigrationSession } from './migration-session.ts';
import type { Migration } from './read-migrations.ts';

/** The table that names the applied migrations of one set, in the schema of the set's tables. */
export class MigrationRecord {
  readonly #session: MigrationSession;
  readonly #name: string;

  /** @param name of the set. */
  constructor(session: MigrationSession, name: string) {
    this.#session = session;
    this.#name = `_${name}_migrations`;
  }

  /** Whether a schema, by default that of the session, has the table. */
  exists(schema = this.#session.address.schema): Promise<boolean> {
    return hasTables(this.#session, schema, [this.#name]);
  }

  async create(): Promise<void> {
    await this.#session.client.query(
      `CREATE TABLE ${this.#table} (name TEXT PRIMARY KEY, "appliedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now())`,
    );
  }

  /** Notes a migration as applied. */
  async add(name: string): Promise<void> {
    await this.#session.client.query(`INSERT INTO ${this.#table} (name) VALUES ($1)`, [name]);
  }

  /**
   * Applies the migrations that the table does not name, each in a transaction of its own.
   * @returns their names.
   * @throws MigrationError
   */
  async applyPending(migrations: readonly Migration[]): Promise<string[]> {
    const { rows } = await this.#session.client.query<{ name: string }>(`SELECT name FROM ${this.#table}`);
    const earlier = new Set(rows.map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !earlier.has(name));
    for (const migration of pending) await this.#apply(migration);
    return pending.map(({ name }) => name);
  }

  async #apply({ name, script }: Migration): Promise<void> {
    try {
      await inTransaction(this.#session, async () => {
        await this.#session.client.query(this.#settings);
        await this.#session.client.query(script);
        await this.add(name);
      });
    } catch (error) {
      throw toMigrationError(error, name);
    }
  }

  /**
   * The settings of each script. The script before may have changed those of the session, as scripts of pg_dump do, and a
   * pooler may have dropped the search path of the address.
   */
  get #settings(): string {
    const { schema, coreSchema } = this.#session.address;
    const path = [...new Set([schema, coreSchema])].map((name) => pg.escapeIdentifier(name));
    return `RESET ALL; SET LOCAL search_path = ${path.join(', ')}`;
  }

  get #table(): string {
    return `${pg.escapeIdentifier(this.#session.address.schema)}.${pg.escapeIdentifier(this.#name)}`;
  }
}

/** How PostgreSQL spells a name that stands without quotes; `$` is left out, since shells replace it. */
const SCHEMA_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** A database address that cannot be used as it is. Never holds the address: there is a password in it. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** How to connect to a database. */
export interface DatabaseAddress {
  /** For `pg`: sessions find the tables of the schema first, and of no other. */
  connectionString: string;
  /** The PostgreSQL schema that the tables are in; undefined: the session's own, usually `public`. */
  schema?: string;
}

/**
 * Reads an address whose `?schema=` names the schema of the tables, as Prisma writes it; `pg` itself passes over that.
 * @throws DatabaseUrlError if it names no schema that can be used
 */
export function parseDatabaseUrl(databaseUrl: string): DatabaseAddress {
  if (!URL.canParse(databaseUrl)) return { connectionString: databaseUrl };
  const url = new URL(databaseUrl);
  const [schema, ...others] = url.searchParams.getAll('schema');
  if (schema === undefined) return { connectionString: databaseUrl };
  if (others.length > 0) throw new DatabaseUrlError('the address names several schemas: give one ?schema=name');
  if (!isSchemaName(schema)) {
    throw new DatabaseUrlError(
      'the address names a schema that cannot be used: give ?schema=name with a name of letters, digits and _, at most 63, that does not begin with a digit or pg_',
    );
  }
  url.searchParams.delete('schema');
  const given = url.searchParams.get('options') ?? '';
  url.searchParams.set('options', `${given} -c search_path="${schema}"`.trim());
  return { connectionString: url.href, schema };
}

function isSchemaName(name: string): boolean {
  return SCHEMA_NAME.test(name) && !name.toLowerCase().startsWith('pg_');
}

/** A PostgreSQL name that needs no quotes. `$` is excluded, because shells replace it. */
const SCHEMA_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** An unusable database address. The message never contains the address, which has a password in it. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** Address of a database, and the schema in it. */
export interface DatabaseAddress {
  /** For `pg`: sessions find tables in this schema only. */
  connectionString: string;
  /** The PostgreSQL schema of the tables. Undefined: the session's own, usually `public`. */
  schema?: string;
}

/**
 * Reads an address whose `?schema=` names the schema of the tables, in Prisma's syntax, which `pg` ignores.
 * @throws DatabaseUrlError if it names an unusable schema
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

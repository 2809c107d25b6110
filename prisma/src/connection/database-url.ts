/** A PostgreSQL name that needs no quotes. `$` is excluded, because shells replace it. */
const SCHEMA_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
/** The schema of the core's tables, unless the address names another. */
const CORE_SCHEMA = 'taskwire';

/** An unusable database address. The message never contains the address, which has a password in it. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** Address of a database, and the schemas in it. */
export interface DatabaseAddress {
  /** For `pg`: sessions find tables in `schema` first, then in `coreSchema`, and nowhere else. */
  connectionString: string;
  /** The PostgreSQL schema of the tables. */
  schema: string;
  /** The PostgreSQL schema of the core's tables: tasks, projects, uploads. */
  coreSchema: string;
  /** The schema that the address names by `?schema=`: all tables of Taskwire are in it. */
  namedSchema?: string;
}

/**
 * Reads an address whose `?schema=` names the schema of the tables, in Prisma's syntax, which `pg` ignores. Without it,
 * the core's tables are in `taskwire`.
 * @param options.schema The schema of an extension's own tables. Absent: the core's.
 * @throws DatabaseUrlError if it is no URL or names an unusable schema.
 */
export function parseDatabaseUrl(databaseUrl: string, options: { schema?: string } = {}): DatabaseAddress {
  if (!URL.canParse(databaseUrl)) {
    throw new DatabaseUrlError('the address is no URL: give postgresql://user:password@host:port/database');
  }
  const url = new URL(databaseUrl);
  const namedSchema = schemaNamedBy(url);
  const coreSchema = namedSchema ?? CORE_SCHEMA;
  const schema = options.schema ?? coreSchema;
  checkSchemaName(schema);
  url.searchParams.delete('schema');
  const given = url.searchParams.get('options') ?? '';
  const searchPath = [...new Set([schema, coreSchema])].map((name) => `"${name}"`).join(',');
  url.searchParams.set('options', `${given} -c search_path=${searchPath}`.trim());
  const address = { connectionString: url.href, schema, coreSchema };
  return namedSchema === undefined ? address : { ...address, namedSchema };
}

function schemaNamedBy(url: URL): string | undefined {
  const [schema, ...others] = url.searchParams.getAll('schema');
  if (schema === undefined) return undefined;
  if (others.length > 0) throw new DatabaseUrlError('the address names several schemas: give one ?schema=name');
  checkSchemaName(schema);
  return schema;
}

function checkSchemaName(name: string): void {
  if (SCHEMA_NAME.test(name) && !name.toLowerCase().startsWith('pg_')) return;
  throw new DatabaseUrlError(
    'the address names a schema that cannot be used: give ?schema=name with a name of letters, digits and _, at most 63, that does not begin with a digit or pg_',
  );
}

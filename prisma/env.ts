// The environment of the Prisma CLI (`prisma migrate deploy`). The package itself reads no environment.

/** The database of the Prisma CLI. `generate` needs none. */
export const databaseUrl = process.env['DATABASE_URL'];

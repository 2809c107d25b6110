// What the Prisma CLI (`prisma migrate deploy`) reads from the environment; the package itself reads nothing from it.

/** The database that the Prisma CLI talks to; `generate` needs none. */
export const databaseUrl = process.env['DATABASE_URL'];

import { Prisma } from '@taskwire/db';
import * as z from 'zod';
import { inIndexOnly, type SearchDatabase } from './find-chunks.ts';

const numberRows = z.array(z.object({ number: z.int() }));

/**
 * Tells which queries any chunk meets, in one statement.
 * @param queries texts of tsquery
 * @returns the indexes of the met queries.
 */
export async function matchedQueries(database: SearchDatabase, queries: readonly string[]): Promise<Set<number>> {
  if (queries.length === 0) return new Set();
  const statements = queries.map(
    (query, number) => Prisma.sql`
      (SELECT ${number}::int AS number FROM "DocumentChunk" WHERE search @@ ${query}::tsquery LIMIT 1)`,
  );
  const found = numberRows.parse(await inIndexOnly(database, Prisma.join(statements, ' UNION ALL ')));
  return new Set(found.map(({ number }) => number));
}

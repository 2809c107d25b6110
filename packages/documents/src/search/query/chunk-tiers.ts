import { Prisma } from '../../generated/client.ts';
import { scopeCondition, type SearchScope } from './search-scope.ts';

/** A limited set of chunks that a query considers. */
export interface ChunkTier {
  query: string;
  limit: number;
  /** Considered only if each tier before gave fewer chunks than its limit. */
  isFallback?: boolean;
  /** Only the first chunks of the owner or document, which are read without the index. Omitted for a page range. */
  isOfFirstChunks?: boolean;
  /** Only chunks of several pages. */
  isOfManyPages?: boolean;
}

/** Number of first chunks that are read without the index. */
const FIRST_CHUNKS = 1_000;
/** Number of chunks that are read first, to decide whether more are worth it. */
const TRIED_CHUNKS = 100;

/** Tiers as common table expressions, and their names. Each has a column `id`. */
export function chunkTiers(tiers: readonly ChunkTier[], scope: SearchScope) {
  const wanted = tiers.filter(({ isOfFirstChunks }) => isOfFirstChunks !== true || scope.pages === undefined);
  return {
    expressions: wanted.map((_, index) => tierExpression(wanted, index, scope)),
    names: wanted.map((_, index) => tierName(index)),
  };
}

function tierName(index: number): Prisma.Sql {
  return Prisma.raw(`tier_${index}`);
}

/** @param index the tier's place in `tiers` */
function tierExpression(tiers: readonly ChunkTier[], index: number, scope: SearchScope): Prisma.Sql {
  const tier = tiers[index];
  if (tier === undefined) return Prisma.empty;
  const { query, limit, isOfFirstChunks = false, isOfManyPages = false } = tier;
  const chunks = isOfFirstChunks ? promisingChunks(tier, scope) : Prisma.sql`"DocumentChunk"`;
  return Prisma.sql`${tierName(index)} AS MATERIALIZED (
      SELECT id FROM ${chunks}
      WHERE search @@ ${query}::tsquery ${isOfFirstChunks ? Prisma.empty : scopeCondition(scope)}
        ${isNeeded(tiers, index)} ${isOfManyPages ? Prisma.sql`AND "lastPage" > page` : Prisma.empty}
      LIMIT ${limit}
    )`;
}

/** The first chunks, if the very first ones suggest that the tier will be full. Otherwise none. */
function promisingChunks({ query, limit }: ChunkTier, scope: SearchScope): Prisma.Sql {
  const fewest = Math.ceil((limit * TRIED_CHUNKS) / FIRST_CHUNKS);
  return firstChunks(
    scope,
    Prisma.sql`(
          SELECT CASE WHEN count(*) >= ${fewest}::int THEN ${FIRST_CHUNKS}::int ELSE 0 END
          FROM ${firstChunks(scope, Prisma.sql`${TRIED_CHUNKS}::int`)} WHERE search @@ ${query}::tsquery
        )`,
  );
}

/** The first chunks of the owner's documents, oldest document first, or of the one document. */
function firstChunks({ ownerId, documentId, taskId }: SearchScope, number: Prisma.Sql): Prisma.Sql {
  const ofDocument = documentId === undefined ? Prisma.empty : Prisma.sql`AND id = ${documentId}::uuid`;
  const ofTask = taskId === undefined ? Prisma.empty : Prisma.sql`AND "taskId" = ${taskId}::uuid`;
  return Prisma.sql`(
        SELECT chunk.id, chunk.search
        FROM (
          SELECT id FROM "Document" WHERE "ownerId" = ${ownerId} ${ofDocument} ${ofTask} ORDER BY "createdAt", id
        ) AS document CROSS JOIN LATERAL (
          SELECT id, search FROM "DocumentChunk" WHERE "documentId" = document.id
          ORDER BY ordinal LIMIT ${FIRST_CHUNKS}::int
        ) AS chunk
        LIMIT ${number}
      ) AS first`;
}

/** The condition that each tier before a fallback gave too few chunks. PostgreSQL tests it once. */
function isNeeded(tiers: readonly ChunkTier[], index: number): Prisma.Sql {
  const tier = tiers[index];
  const before = tiers.slice(0, index).map((_, place) => place);
  if (tier?.isFallback !== true || before.length === 0) return Prisma.empty;
  const gaveFew = (place: number) => Prisma.sql`(SELECT count(*) FROM ${tierName(place)}) < ${tier.limit}`;
  return Prisma.sql`AND ${Prisma.join(before.map(gaveFew), ' AND ')}`;
}

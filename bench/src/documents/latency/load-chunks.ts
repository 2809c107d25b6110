import {
  createDocumentDatabase,
  indexedChunks,
  insertChunks,
  ownerKey,
  rememberTerms,
  Stemmer,
  vocabularyOf,
  type DocumentDatabase,
} from '@taskwire/documents';
import { ChunkTexts } from './chunk-texts.ts';

/** Owner of most chunks, of a few, and owners of the rest. */
export const LARGE_OWNER = 'owner-of-most';
export const SMALL_OWNER = 'owner-of-few';
const OTHER_OWNERS = 10;
/** Share of the chunks that the owner of most has. */
const LARGE_SHARE = 0.85;
const CHUNKS_OF_A_DOCUMENT = 200;
const CHUNKS_OF_A_PAGE = 2;
/** Number of chunks of which one has a heading. */
const HEADING_EVERY = 20;
/** Documents with texts of their own; further ones are copies of these. */
const ORIGINALS = 15;
/** A word that foreign owners alone have. */
export const FOREIGN_WORD = 'zyxforeignword';

interface LoadOptions {
  databaseUrl: string;
  chunks: number;
  signal: AbortSignal;
  onDocument: (chunks: number) => void;
}

/**
 * Writes documents as the index stage does, and copies of them until the wanted number of chunks is there: all words but the rare
 * ones are as frequent in copies as they are in texts of their own. The full-text index is built at the end.
 */
export async function loadChunks({ databaseUrl, chunks, signal, onDocument }: LoadOptions): Promise<void> {
  const database = createDocumentDatabase({ connectionString: databaseUrl });
  try {
    const [index] = await database.$queryRaw<{ name: string; definition: string }[]>`
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename = 'DocumentChunk' AND indexdef LIKE '%gin%'`;
    if (index !== undefined) await database.$executeRawUnsafe(`DROP INDEX "${index.name}"`);
    const originals: string[] = [];
    const texts = new ChunkTexts(7);
    const stemmer = new Stemmer(database);
    for (let number = 0; number * CHUNKS_OF_A_DOCUMENT < chunks; number += 1) {
      signal.throwIfAborted();
      const ownerId = ownerOf(number, chunks / CHUNKS_OF_A_DOCUMENT);
      const original = originals.length < ORIGINALS ? undefined : originals[number % ORIGINALS];
      if (original !== undefined) await copyDocument(database, original, ownerId);
      else originals.push(await writeDocument(database, { texts, stemmer }));
      onDocument((number + 1) * CHUNKS_OF_A_DOCUMENT);
    }
    if (index !== undefined) await database.$executeRawUnsafe(index.definition);
    await database.$executeRawUnsafe('VACUUM ANALYZE');
  } finally {
    await database.$disconnect();
  }
}

function ownerOf(number: number, documents: number): string {
  if (number === ORIGINALS) return SMALL_OWNER;
  return number < ORIGINALS + LARGE_SHARE * documents ? LARGE_OWNER : `owner-${number % OTHER_OWNERS}`;
}

const FACTS = {
  ...{ fileName: 'book.pdf', mediaType: 'application/pdf', languages: ['en'], warnings: [], characters: 1 },
  pages: Math.ceil(CHUNKS_OF_A_DOCUMENT / CHUNKS_OF_A_PAGE),
};

/** Writes a document of the owner of most. @returns its id. */
async function writeDocument(
  database: DocumentDatabase,
  { texts, stemmer }: { texts: ChunkTexts; stemmer: Stemmer },
): Promise<string> {
  const chunks = Array.from({ length: CHUNKS_OF_A_DOCUMENT }, (_, ordinal) => {
    const text = texts.next();
    const heading = ordinal % HEADING_EVERY === 0 ? { heading: text.split(' ').slice(3, 7).join(' ') } : {};
    return { ordinal, page: 1 + Math.floor(ordinal / CHUNKS_OF_A_PAGE), text, ...heading };
  });
  const ownerId = LARGE_OWNER;
  const { id: documentId } = await database.document.create({ data: { ownerId, ...FACTS } });
  const rows = await indexedChunks(chunks, { ownerId, languages: FACTS.languages, stemmer });
  await insertChunks(
    database,
    rows.map((row) => ({ ...row, documentId })),
  );
  const forms = chunks.flatMap((chunk) => [...vocabularyOf(chunk)]);
  await rememberTerms(database, { ownerId, forms });
  return documentId;
}

/** Copies a document of the owner of most; foreign owners get a word more. */
async function copyDocument(database: DocumentDatabase, original: string, ownerId: string): Promise<void> {
  const { id } = await database.document.create({ data: { ownerId, ...FACTS } });
  const [from, to] = [ownerKey(LARGE_OWNER), ownerKey(ownerId)];
  const isForeign = ownerId !== LARGE_OWNER && ownerId !== SMALL_OWNER;
  const more = isForeign ? `'${to}:=${FOREIGN_WORD}':1` : '';
  await database.$executeRaw`
    INSERT INTO "DocumentChunk" ("documentId", ordinal, page, heading, text, language, search, "searchVersion")
    SELECT ${id}::uuid, ordinal, page, heading, text, language,
      CASE WHEN ${from} = ${to} THEN search ELSE (replace(search::text, ${from}, ${to}) || ' ' || ${more})::tsvector END,
      "searchVersion"
    FROM "DocumentChunk" WHERE "documentId" = ${original}::uuid`;
  if (isForeign) await rememberTerms(database, { ownerId, forms: [FOREIGN_WORD] });
}

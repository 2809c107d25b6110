import { randomUUID } from 'node:crypto';
import { DocumentPrisma, type DocumentDatabase } from '@taskwire/documents';
import { PermanentTaskError } from '@taskwire/worker';

/** The facts in a document's row. */
export interface DocumentFacts {
  ownerId: string;
  /** The task that reads it. */
  taskId: string;
  uploadId: string;
  fileName: string;
  mediaType: string;
  /** SHA-256 of the file, in hex. */
  contentHash: string;
  pages: number;
  characters: number;
  languages: readonly string[];
  coverage?: DocumentPrisma.InputJsonObject;
  warnings: readonly string[];
  pageLabels?: Readonly<Record<string, string>>;
  /** Versions and settings of reading and chunking. */
  readWith: string;
  /** The document that the file replaces. */
  replaces?: string;
}

/** The row that a file belongs to. */
export interface DocumentPlace {
  documentId: string;
  /** Whether the row does not exist yet. */
  isNew: boolean;
  /** Rows of the same file from versions without hashes, which this row replaces. */
  obsolete: string[];
}

type Documents = Pick<DocumentDatabase, 'document'>;
type FileFacts = Pick<DocumentFacts, 'ownerId' | 'taskId' | 'uploadId' | 'contentHash' | 'replaces'>;

/**
 * Finds the row that a file belongs to: the replaced document's row, else the row of the same file, else a new one.
 * @throws PermanentTaskError DOCUMENT_MISSING if the replaced document is gone, DOCUMENT_DUPLICATE if the file is
 * already another document.
 */
export async function placeOf(database: Documents, file: FileFacts): Promise<DocumentPlace> {
  const { ownerId, taskId, uploadId, contentHash, replaces } = file;
  const same = await database.document.findFirst({ where: { ownerId, contentHash } });
  const unhashed = await database.document.findMany({
    where: { ownerId, contentHash: null, OR: [{ taskId }, { uploadId }] },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  const earlier = unhashed.map(({ id }) => id);
  if (replaces === undefined) {
    const known = same?.id ?? earlier[0];
    const documentId = known ?? randomUUID();
    return { documentId, isNew: known === undefined, obsolete: earlier.filter((id) => id !== documentId) };
  }
  const replaced = await database.document.findFirst({ where: { id: replaces, ownerId } });
  if (replaced === null) throw missing();
  if (same !== null && same.id !== replaced.id) throw duplicate(same);
  return { documentId: replaced.id, isNew: false, obsolete: [] };
}

/** Inserts or updates a document's row. */
export async function writeDocument(
  database: Documents,
  { documentId, obsolete }: DocumentPlace,
  facts: DocumentFacts,
): Promise<void> {
  const { replaces: _replaces, languages, warnings, coverage, pageLabels, ...columns } = facts;
  const data = {
    ...columns,
    languages: [...languages],
    warnings: [...warnings],
    coverage: coverage ?? DocumentPrisma.DbNull,
    pageLabels: pageLabels ?? DocumentPrisma.DbNull,
  };
  if (obsolete.length > 0) await database.document.deleteMany({ where: { id: { in: obsolete } } });
  const where = { id: documentId };
  await database.document.upsert({ where, create: { id: documentId, ...data }, update: data });
}

function missing(): PermanentTaskError {
  return new PermanentTaskError(
    'DOCUMENT_MISSING',
    'the document to replace is no longer there: create a task without `replaces`, and the file becomes a new document',
  );
}

function duplicate({ id, fileName }: { id: string; fileName: string }): PermanentTaskError {
  return new PermanentTaskError(
    'DOCUMENT_DUPLICATE',
    `the file is already your document ${id} (${fileName}): delete one of the two (document.delete)`,
  );
}

import type { Prisma, QueryRunner, Upload } from '@taskwire/db';
import { LanguageTally, type DocumentPrisma } from '@taskwire/documents';
import { UploadStorageError } from '@taskwire/uploads';
import * as z from 'zod';
import { contentHashOf } from '../documents/file-hash.ts';
import type { ReindexDependencies } from './reindex-dependencies.ts';

/** Number of chunks, spread over a document, that identify its languages. */
const SAMPLED_TEXTS = 200;
const SAMPLED_CHARACTERS = 1_000;

/** A task that read a document, with its uploads. */
export type ReadTask = Prisma.TaskGetPayload<{ include: { uploads: { include: { upload: true } } } }>;

/** The columns of a document's row. */
export type DocumentData = DocumentPrisma.DocumentUncheckedCreateInput;

const outputSchema = z
  .object({
    fileName: z.exactOptional(z.string()),
    mediaType: z.exactOptional(z.string()),
    pages: z.exactOptional(z.int()),
    characters: z.exactOptional(z.int()),
  })
  .catch({});

/** Describes the document that a task of a version without documents read, from the task, its upload and its chunks. */
export async function documentOf(
  dependencies: ReindexDependencies,
  task: ReadTask,
  signal: AbortSignal,
): Promise<DocumentData> {
  const { documents } = dependencies;
  const upload = task.uploads.at(0)?.upload;
  return {
    ...{ ownerId: task.ownerId, taskId: task.id, warnings: [], createdAt: task.endedAt ?? task.createdAt },
    ...fileOf(upload),
    ...(await sizeOf(documents, task.id)),
    // The output describes the file that the task read. The file's row may be gone.
    ...outputSchema.parse(task.output ?? {}),
    contentHash: upload === undefined ? null : await uploadHash(dependencies, upload, signal),
    languages: await languagesOf(documents, task.id),
  };
}

function fileOf(upload: Upload | undefined): Pick<DocumentData, 'fileName' | 'mediaType' | 'uploadId'> {
  if (upload === undefined) return { fileName: '', mediaType: 'application/octet-stream', uploadId: null };
  const { id: uploadId, fileName, mediaType } = upload;
  return { fileName, mediaType, uploadId };
}

async function sizeOf(documents: QueryRunner, taskId: string): Promise<{ pages: number; characters: number }> {
  const [size] = await documents.$queryRaw<{ pages: number; characters: number }[]>`
    SELECT coalesce(max(page), 1) AS pages, coalesce(sum(length(text)), 0)::float8 AS characters
    FROM "DocumentChunk" WHERE "taskId" = ${taskId}::uuid`;
  return size ?? { pages: 1, characters: 0 };
}

async function languagesOf(documents: QueryRunner, taskId: string): Promise<string[]> {
  const sample = await documents.$queryRaw<{ text: string }[]>`
    SELECT left(text, ${SAMPLED_CHARACTERS}::int) AS text
    FROM (
      SELECT text, ordinal, count(*) OVER () / ${SAMPLED_TEXTS}::int + 1 AS stride
      FROM "DocumentChunk" WHERE "taskId" = ${taskId}::uuid
    ) AS chunk
    WHERE ordinal % stride = 0 ORDER BY ordinal`;
  const tally = new LanguageTally();
  for (const { text } of sample) await tally.add(text);
  return tally.languages();
}

/** SHA-256 of an upload's bytes, in hex, which its row keeps. Null if the file cannot be read. */
async function uploadHash(
  { database, storage }: ReindexDependencies,
  { id: uploadId, contentHash }: Upload,
  signal: AbortSignal,
): Promise<string | null> {
  const file = { uploadId, stream: () => storage.read(uploadId), ...(contentHash === null ? {} : { contentHash }) };
  return contentHashOf(file, { database, signal }).catch((error: unknown) => {
    if (isUnreadable(error)) return null;
    throw error;
  });
}

/** Whether the error says that the file is gone or unreadable. A storage that is away is asked again later. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof UploadStorageError) return error.reason !== 'unavailable';
  return error instanceof Error && 'syscall' in error;
}

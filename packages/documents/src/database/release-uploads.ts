import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { QueryRunner } from '@taskwire/db';

/** The document whose files are released. */
interface ReadDocument {
  id: string;
  ownerId: string;
  /** SHA-256 of its file, in hex; null: unknown. */
  contentHash: string | null;
  uploadId: string | null;
}

/** The kind of the tasks that read documents. */
const READER = 'document.ingest';

/**
 * Removes a document's files from the ended tasks that read it: the current file, files with the same content, and the
 * files before a replacement. Unfinished tasks and tasks of other kinds keep their files.
 * @returns the ids of the released uploads and of the document's own, for `deleteUnusedUploads`.
 */
export async function releaseUploads(
  database: QueryRunner,
  { id, ownerId, contentHash, uploadId }: ReadDocument,
): Promise<string[]> {
  const rows = await database.$queryRaw<{ uploadId: string }[]>`
    WITH reading AS (
      SELECT task.id, task.status, used."uploadId", upload."contentHash",
        task.output ->> 'documentId' AS read, lower(task.input ->> 'replaces') AS replaced
      FROM "Task" AS task
        JOIN "TaskUpload" AS used ON used."taskId" = task.id
        JOIN "Upload" AS upload ON upload.id = used."uploadId"
      WHERE task."ownerId" = ${ownerId} AND task.kind = ${READER}
    ), released AS (
      SELECT id AS "taskId", "uploadId" FROM reading
      WHERE status::text = ANY(${[...TERMINAL_STATUSES]}::text[])
        AND (read = ${id}::text OR replaced = ${id}::text
          OR "uploadId" = ${uploadId}::uuid OR "contentHash" = ${contentHash}::text)
    )
    DELETE FROM "TaskUpload" AS used USING released
    WHERE used."taskId" = released."taskId" AND used."uploadId" = released."uploadId"
    RETURNING used."uploadId"`;
  const own = uploadId === null ? [] : [uploadId];
  return [...new Set([...own, ...rows.map((row) => row.uploadId)])];
}

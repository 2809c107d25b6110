import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { QueryRunner } from '../connection/statement-runner.ts';

/** Ids of the deleted tasks, and of their uploads, which other tasks may use too. */
export interface DeletedTasks {
  taskIds: string[];
  uploadIds: string[];
}

/**
 * Deletes those of these tasks that have ended, with history and stage results, in one statement. Rows of extensions
 * that name them stay or go as their foreign keys say. May be repeated.
 */
export async function deleteEndedTasks(database: QueryRunner, taskIds: readonly string[]): Promise<DeletedTasks> {
  const rows = await database.$queryRaw<{ taskId: string; uploadIds: string[] }[]>`
    WITH used AS (
      SELECT "taskId", "uploadId" FROM "TaskUpload" WHERE "taskId" = ANY(${[...taskIds]}::uuid[])
    ), deleted AS (
      DELETE FROM "Task"
      WHERE id = ANY(${[...taskIds]}::uuid[]) AND status::text = ANY(${[...TERMINAL_STATUSES]}::text[])
      RETURNING id
    )
    SELECT deleted.id AS "taskId", array_remove(array_agg(used."uploadId"), NULL) AS "uploadIds"
    FROM deleted LEFT JOIN used ON used."taskId" = deleted.id
    GROUP BY deleted.id`;
  return {
    taskIds: rows.map(({ taskId }) => taskId),
    uploadIds: [...new Set(rows.flatMap(({ uploadIds }) => uploadIds))],
  };
}

/**
 * Deletes the rows of uploads that no task and no row of `UploadHold` names. A task of an earlier version names its
 * uploads only in its input, which counts until the task ends.
 * @returns the ids of the deleted uploads, whose files may be deleted.
 */
export async function deleteUnusedUploads(database: QueryRunner, uploadIds: readonly string[]): Promise<string[]> {
  const deleted: string[] = [];
  // One statement per upload: if a new task takes an upload now, its foreign key protects only that one.
  for (const uploadId of uploadIds) {
    const rows = await deleteUnused(database, uploadId);
    deleted.push(...rows.map(({ id }) => id));
  }
  return deleted;
}

async function deleteUnused(database: QueryRunner, uploadId: string): Promise<{ id: string }[]> {
  return database.$queryRaw<{ id: string }[]>`
    WITH unused AS (
      SELECT id FROM "Upload" AS upload
      WHERE id = ${uploadId}::uuid
        AND NOT EXISTS (SELECT 1 FROM "TaskUpload" AS used WHERE used."uploadId" = upload.id)
        AND NOT EXISTS (SELECT 1 FROM "UploadHold" AS hold WHERE hold."uploadId" = upload.id)
        AND NOT EXISTS (
          SELECT 1 FROM "Task" AS task
          WHERE task."archivedAt" IS NULL AND task."ownerId" = upload."ownerId"
            AND task.status::text <> ALL(${[...TERMINAL_STATUSES]}::text[])
            AND strpos(task.input::text, upload.id::text) > 0
        )
      FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "Upload" USING unused WHERE "Upload".id = unused.id RETURNING "Upload".id`;
}

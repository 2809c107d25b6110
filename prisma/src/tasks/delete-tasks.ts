import { TERMINAL_STATUSES } from '@taskwire/protocol';

/** The part of a client that runs statements, in few enough words that an extended client has it too. */
interface StatementRunner {
  $queryRaw<Rows>(statement: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
}

/** Ids of the deleted tasks, and of the uploads that they used, which other tasks may use too. */
export interface DeletedTasks {
  taskIds: string[];
  uploadIds: string[];
}

/**
 * Deletes the ended ones of these tasks, with history and stage results, in one statement. Their documents stay. May be
 * repeated.
 */
export async function deleteEndedTasks(database: StatementRunner, taskIds: readonly string[]): Promise<DeletedTasks> {
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
 * Deletes the rows of those of these uploads that no task and no document uses, in one statement. A task of an earlier version names its
 * uploads in its input alone: while it has not ended, that counts.
 * @returns the ids of the deleted ones, whose files may go.
 */
export async function deleteUnusedUploads(database: StatementRunner, uploadIds: readonly string[]): Promise<string[]> {
  const deleted: string[] = [];
  // One by one: where a new task takes one at this moment, its foreign key keeps that one alone.
  for (const uploadId of uploadIds) {
    const rows = await deleteUnused(database, uploadId);
    deleted.push(...rows.map(({ id }) => id));
  }
  return deleted;
}

async function deleteUnused(database: StatementRunner, uploadId: string): Promise<{ id: string }[]> {
  return database.$queryRaw<{ id: string }[]>`
    WITH unused AS (
      SELECT id FROM "Upload" AS upload
      WHERE id = ${uploadId}::uuid
        AND NOT EXISTS (SELECT 1 FROM "TaskUpload" AS used WHERE used."uploadId" = upload.id)
        AND NOT EXISTS (SELECT 1 FROM "Document" AS document WHERE document."uploadId" = upload.id)
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

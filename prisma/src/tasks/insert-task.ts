import type { QueryRunner } from '../connection/statement-runner.ts';

/** Time (ms, clock of PostgreSQL) for which an insert stays valid after its start. */
const VALID_MS = 4_000;
/** Longest wait (ms) of the insert for another statement's lock. */
const LOCK_WAIT_MS = 3_000;
/** Time (ms) after which an insert that has not happened never will. */
export const INSERT_SETTLED_MS = VALID_MS + LOCK_WAIT_MS;

/** A new task's row, with its uploads and stage results. */
export interface TaskToInsert {
  taskId: string;
  ownerId: string;
  projectId: string;
  kind: string;
  input: unknown;
  /** Ids of uploads, without duplicates. */
  uploads: readonly string[];
  priority: number;
  timeoutMs?: number;
  /** The task whose stage results are copied. */
  retryOf?: string;
  idempotencyKey?: string;
}

/**
 * Writes a task's row, its uploads and the copied stage results in one statement. A caller without an answer may assume
 * a refusal if the row is missing after `INSERT_SETTLED_MS`. A statement that reaches PostgreSQL later (a frozen
 * process, a slow network) does nothing.
 * @returns the time of the task's creation; undefined if the statement came too late.
 */
export async function insertTask(database: QueryRunner, task: TaskToInsert): Promise<Date | undefined> {
  const [clock] = await database.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (clock === undefined) throw new Error('PostgreSQL does not tell the time');
  const { taskId, ownerId, projectId, kind, priority } = task;
  // `limits` is evaluated before the writes, so that none of them waits longer for a lock.
  const rows = await database.$queryRaw<{ createdAt: Date }[]>`
    WITH limits AS MATERIALIZED (
      SELECT set_config('lock_timeout', ${String(LOCK_WAIT_MS)}, true)
    ), task AS (
      INSERT INTO "Task" (id, "ownerId", "projectId", kind, input, priority, "timeoutMs", "retryOfId", "idempotencyKey")
      SELECT ${taskId}::uuid, ${ownerId}, ${projectId}::uuid, ${kind}, ${JSON.stringify(task.input)}::jsonb,
        ${priority}::int, ${task.timeoutMs ?? null}::int, ${task.retryOf ?? null}::uuid, ${task.idempotencyKey ?? null}
      FROM limits
      WHERE clock_timestamp() < ${clock.now}::timestamptz + ${VALID_MS}::int * interval '1 millisecond'
      RETURNING id, "createdAt"
    ), uploads AS (
      INSERT INTO "TaskUpload" ("taskId", "uploadId")
      SELECT task.id, used FROM task, unnest(${[...task.uploads]}::uuid[]) AS used
    ), results AS (
      INSERT INTO "StageResult" ("taskId", stage, result)
      SELECT task.id, earlier.stage, earlier.result
      FROM task, "StageResult" AS earlier
      WHERE earlier."taskId" = ${task.retryOf ?? null}::uuid
    )
    SELECT "createdAt" FROM task`;
  return rows[0]?.createdAt;
}

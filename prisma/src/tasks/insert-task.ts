/** Time (ms, clock of PostgreSQL) for which an insert stays valid after it was asked for. */
const VALID_MS = 4_000;
/** The longest (ms) that it waits for the lock of another statement. */
const LOCK_WAIT_MS = 3_000;
/** An insert that has not been done after this time (ms) never will be. */
export const INSERT_SETTLED_MS = VALID_MS + LOCK_WAIT_MS;

/** The part of a client that runs statements, in few enough words that an extended client has it too. */
interface StatementRunner {
  $queryRaw<Rows>(statement: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
}

/** A new task's row, and what belongs to it. */
export interface TaskToInsert {
  taskId: string;
  ownerId: string;
  projectId: string;
  kind: string;
  input: unknown;
  /** Ids of uploads; each once. */
  uploads: readonly string[];
  priority: number;
  timeoutMs?: number;
  /** The task whose stage results this one takes over. */
  retryOf?: string;
  idempotencyKey?: string;
}

/**
 * Writes a task's row, its uploads and the stage results that it takes over, in one statement. A caller that got no answer
 * may take the insert as refused once `INSERT_SETTLED_MS` are over and the row is not there: a statement that reaches
 * PostgreSQL later (it was frozen, the network held the bytes back) does nothing.
 * @returns when the task was created; undefined if the statement came too late.
 */
export async function insertTask(database: StatementRunner, task: TaskToInsert): Promise<Date | undefined> {
  const [clock] = await database.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (clock === undefined) throw new Error('PostgreSQL does not tell the time');
  const { taskId, ownerId, projectId, kind, priority } = task;
  // `limits` is read before anything is written: from then on the statement waits for no lock for longer.
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

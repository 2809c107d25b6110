import pg from 'pg';
import * as z from 'zod';

/** A task's row in PostgreSQL. */
export interface TaskRow {
  taskId: string;
  status: string;
  snapshotSeq: number;
  /** Under which its creation was asked for. */
  key: string | null;
  errorCode: string | null;
}

const rowsSchema = z.array(
  z.object({
    taskId: z.string(),
    status: z.string(),
    snapshotSeq: z.coerce.number(),
    key: z.string().nullable(),
    errorCode: z.string().nullable(),
  }),
);

/** Looks at PostgreSQL past the proxies, and changes it where a fault wants that. */
export class Database {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    // A connection that was lost while idle is opened again.
    this.#pool.on('error', () => undefined);
  }

  /** The tasks of a project. */
  async tasks(projectId: string): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query(
      `SELECT "id"::text AS "taskId", "status"::text, "snapshotSeq", "idempotencyKey" AS "key", "errorCode"
       FROM taskwire."Task" WHERE "projectId" = $1`,
      [projectId],
    );
    return rowsSchema.parse(rows);
  }

  /** Changes the row of a task behind the system's back. @param sets columns and their values, as SQL. */
  async spoil(taskId: string, sets: string): Promise<void> {
    await this.#pool.query(`UPDATE taskwire."Task" SET ${sets} WHERE "id" = $1`, [taskId]);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

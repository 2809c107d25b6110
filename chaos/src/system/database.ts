import pg from 'pg';
import * as z from 'zod';

/** What PostgreSQL says of a task. */
export interface TaskRow {
  taskId: string;
  status: string;
  snapshotSeq: number;
}

const rowsSchema = z.array(z.object({ id: z.string(), status: z.string(), snapshotSeq: z.coerce.number() }));

/** Looks at PostgreSQL past the proxies. */
export class Database {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    // A connection that was lost while nobody used it is made anew.
    this.#pool.on('error', () => undefined);
  }

  /** The tasks of a project. */
  async tasks(projectId: string): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query(
      'SELECT "id"::text, "status"::text, "snapshotSeq" FROM "Task" WHERE "projectId" = $1',
      [projectId],
    );
    return rowsSchema.parse(rows).map(({ id, ...rest }) => ({ taskId: id, ...rest }));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

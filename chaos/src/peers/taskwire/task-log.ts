import { Redis } from 'ioredis';
import pg from 'pg';
import * as z from 'zod';

// PostgreSQL's driver gives a bigint as text.
const rowSchema = z.object({ snapshotSeq: z.coerce.number().int().min(1) });

/** Looks at a task's log in Redis with Redis's own commands, past the code under test. */
export class TaskLog {
  readonly #redis: Redis;
  readonly #taskId: string;
  #last = 0;

  constructor(redisUrl: string, taskId: string) {
    this.#redis = new Redis(redisUrl);
    this.#taskId = taskId;
  }

  /** The highest seq that was ever seen; also after the log was removed. */
  async lastSeq(): Promise<number> {
    const key = await this.#key();
    const [newest] = key === undefined ? [] : await this.#redis.xrevrange(key, '+', '-', 'COUNT', 1);
    this.#last = Math.max(this.#last, Number(newest?.[0].split('-')[0] ?? 0));
    return this.#last;
  }

  /**
   * Drops every event that the state which is persisted in PostgreSQL covers: as far as a log may ever be trimmed.
   * @throws Error if no state has been persisted.
   */
  async trim(databaseUrl: string): Promise<void> {
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    const { rows } = await database.query('SELECT "snapshotSeq" FROM taskwire."Task" WHERE id = $1', [this.#taskId]);
    await database.end();
    const { snapshotSeq } = rowSchema.parse(rows[0]);
    const key = await this.#key();
    if (key !== undefined) await this.#redis.xtrim(key, 'MINID', `${snapshotSeq + 1}-0`);
  }

  async #key(): Promise<string | undefined> {
    const [key] = await this.#redis.keys(`taskwire:*:task:${this.#taskId}:log`);
    return key;
  }

  close(): void {
    this.#redis.disconnect();
  }
}

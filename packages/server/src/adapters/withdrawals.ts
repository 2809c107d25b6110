import { INSERT_SETTLED_MS } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** Pause (ms) between two tries. */
const RETRY_MS = 500;

export interface WithdrawalsDependencies {
  database: ApiDatabase;
  /** Removes a task's log and job from Redis. */
  forget: (task: TaskAddress) => Promise<void>;
}

/**
 * Creates that were refused although PostgreSQL may have written their rows: the connection was lost before the answer.
 * Removes these rows before any other process acts on them.
 *
 * - idle: no row is to be removed.
 * - trying: every half a second, until PostgreSQL has answered for each. Then → idle.
 * - closed: no try follows.
 */
export class Withdrawals {
  readonly #dependencies: WithdrawalsDependencies;
  /** By task id. After `until` (ms, of `performance.now`) the insert can no longer take effect. */
  readonly #open = new Map<string, { task: TaskAddress; until: number }>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(dependencies: WithdrawalsDependencies) {
    this.#dependencies = dependencies;
  }

  add(task: TaskAddress): void {
    this.#open.set(task.taskId, { task, until: performance.now() + INSERT_SETTLED_MS });
    this.#schedule();
  }

  /** Gives up the open rows: PostgreSQL may be away for long. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#closed || this.#timer !== undefined || this.#open.size === 0) return;
    this.#timer = setTimeout(() => {
      void this.#try().finally(() => {
        this.#timer = undefined;
        this.#schedule();
      });
    }, RETRY_MS);
    this.#timer.unref();
  }

  async #try(): Promise<void> {
    const begunAt = performance.now();
    const ids = [...this.#open.keys()];
    try {
      const removed = await this.#dependencies.database.$queryRaw<{ id: string }[]>`
        DELETE FROM "Task" WHERE id = ANY(${ids}::uuid[]) AND status = 'queued' AND attempt = 0 RETURNING id`;
      for (const { id } of removed) await this.#forget(id);
      for (const id of ids) if ((this.#open.get(id)?.until ?? 0) <= begunAt) this.#open.delete(id);
    } catch {
      // PostgreSQL is still away: the next try follows.
    }
  }

  /** A reconciler may have opened its log; a job without a row is dropped by the worker that takes it. */
  async #forget(taskId: string): Promise<void> {
    const task = this.#open.get(taskId)?.task;
    this.#open.delete(taskId);
    if (task !== undefined) await this.#dependencies.forget(task).catch(() => undefined);
  }
}

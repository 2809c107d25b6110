import { loadStageResults, loadTaskSnapshot, saveStageResult, type Database } from '@taskwire/db';
import { TERMINAL_STATUSES, type TaskSnapshot, type TaskStatus } from '@taskwire/protocol';
import type { StageResults } from '../../context/run-stage.ts';

/** What a worker needs to know of a task's row. */
export interface TaskRow {
  taskId: string;
  ownerId: string;
  projectId: string;
  kind: string;
  input: unknown;
  priority: number;
  status: TaskStatus;
  attempt: number;
  /** How far it was known to be when this was last written. */
  percent: number;
  /** How long (ms) the task may take; the kind's own limit if null. */
  timeoutMs: number | null;
  startedAt: Date | null;
}

/** No row that has ended is written again, and a cancel that was asked for stays visible until the end. */
const UNLESS_ENDED = { notIn: [...TERMINAL_STATUSES] };
const UNLESS_ENDING = { notIn: [...TERMINAL_STATUSES, 'canceling' as const] };

/** The rows of tasks in PostgreSQL, as far as a worker reads and writes them. */
export class TaskRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(taskId: string): Promise<TaskRow | undefined> {
    const row = await this.#database.task.findUnique({ where: { id: taskId } });
    if (row === null) return undefined;
    const { id, ownerId, projectId, kind, input, priority, status, attempt, percent, timeoutMs, startedAt } = row;
    return { taskId: id, ownerId, projectId, kind, input, priority, status, attempt, percent, timeoutMs, startedAt };
  }

  /** The state that the row holds: what the event log folds its events onto. */
  loadSnapshot(taskId: string): Promise<TaskSnapshot | undefined> {
    return loadTaskSnapshot(this.#database, taskId);
  }

  /** What the finished stages of a task resulted in, in this task's attempts or in the task that it does again. */
  async loadStageResults(taskId: string): Promise<StageResults> {
    const known = await loadStageResults(this.#database, taskId);
    return {
      recall: (stage) => known.get(stage),
      remember: (stage, result) => saveStageResult(this.#database, { taskId, stage, result }),
    };
  }

  async markRunning(row: TaskRow, attempt: number): Promise<void> {
    await this.#database.task.updateMany({
      where: { id: row.taskId, status: UNLESS_ENDING, attempt: { lt: attempt } },
      data: { status: 'running', attempt, startedAt: row.startedAt ?? new Date() },
    });
  }

  async markRetrying(taskId: string, attempt: number): Promise<void> {
    await this.#database.task.updateMany({
      where: { id: taskId, status: UNLESS_ENDING, attempt },
      data: { status: 'retrying' },
    });
  }

  /** Writes how far a running task is: what lists show. */
  async recordPercent(taskId: string, attempt: number, percent: number): Promise<void> {
    await this.#database.task.updateMany({
      where: { id: taskId, status: UNLESS_ENDED, attempt, percent: { lt: percent } },
      data: { percent },
    });
  }
}

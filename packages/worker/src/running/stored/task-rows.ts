import { loadStageResults, loadTaskSnapshot, saveStageResult, type Database } from '@taskwire/db';
import { TERMINAL_STATUSES, type TaskSnapshot, type TaskStatus } from '@taskwire/protocol';
import type { StageResults } from '../../context/run-stage.ts';

/** The columns of a task's row that a worker reads. */
export interface TaskRow {
  taskId: string;
  ownerId: string;
  projectId: string;
  kind: string;
  input: unknown;
  priority: number;
  status: TaskStatus;
  attempt: number;
  /** Percent at the last write of the row. */
  percent: number;
  /** Time limit (ms) of the task; null: the limit of its kind. */
  timeoutMs: number | null;
  startedAt: Date | null;
}

/** Guards of writes: an ended row stays as it is, and `canceling` stays until the task ends. */
const UNLESS_ENDED = { notIn: [...TERMINAL_STATUSES] };
const UNLESS_ENDING = { notIn: [...TERMINAL_STATUSES, 'canceling' as const] };

/** The rows of tasks in PostgreSQL, for a worker. */
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

  /** The persisted state, onto which the event log folds its events. */
  loadSnapshot(taskId: string): Promise<TaskSnapshot | undefined> {
    return loadTaskSnapshot(this.#database, taskId);
  }

  /** Results of finished stages: of this task's attempts, or of the task that this one repeats. */
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

  /** Writes the percent of a running task, which lists of tasks show. */
  async recordPercent(taskId: string, attempt: number, percent: number): Promise<void> {
    await this.#database.task.updateMany({
      where: { id: taskId, status: UNLESS_ENDED, attempt, percent: { lt: percent } },
      data: { percent },
    });
  }
}

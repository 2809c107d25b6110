import { randomUUID } from 'node:crypto';
import { connectionFailure, insertTask, type Task } from '@taskwire/db';
import { TaskwireError } from '@taskwire/protocol';
import type { NewTask, StoredTask } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';
import { isForeignKeyViolation } from './database-errors.ts';
import type { Withdrawals } from './withdrawals.ts';

export interface CreateDependencies {
  database: Parameters<typeof insertTask>[0] & Pick<ApiDatabase, 'task'>;
  withdrawals: Pick<Withdrawals, 'add'>;
}

/**
 * Writes the row of a new task: with it the task is accepted. Either this returns the row, or it throws and the row never
 * takes effect, whether or not the statement was run.
 * @throws TaskwireError SERVICE_UNAVAILABLE, or INVALID_INPUT if its project or an upload is gone; the error of PostgreSQL.
 */
export async function createTaskRow({ database, withdrawals }: CreateDependencies, task: NewTask): Promise<StoredTask> {
  const taskId = randomUUID();
  try {
    const createdAt = await insertTask(database, { ...task, taskId });
    if (createdAt === undefined) throw tooLate();
    return justCreated(task, { taskId, createdAt });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw goneMeanwhile(task, error);
    if (connectionFailure(error) !== 'lost') throw error;
    // The connection was lost before the answer: the row may be written.
    const row = await database.task.findUnique({ where: { id: taskId } }).catch(() => null);
    if (row !== null) return toStoredTask(row);
    withdrawals.add({ taskId, projectId: task.projectId, ownerId: task.ownerId });
    throw error;
  }
}

function justCreated(
  { uploads: _uploads, idempotencyKey: _key, ...facts }: NewTask,
  { taskId, createdAt }: { taskId: string; createdAt: Date },
): StoredTask {
  return { ...facts, taskId, status: 'queued', attempt: 0, percent: 0, createdAt: createdAt.getTime() };
}

function tooLate(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the database took too long, nothing was created; try again');
}

function goneMeanwhile({ uploads }: NewTask, cause: unknown): TaskwireError {
  const [path, noun] = uploads.length === 0 ? ['projectId', 'project'] : ['input', 'project or upload'];
  return new TaskwireError('INVALID_INPUT', `${path}: the ${noun} was deleted at this moment`, {
    fields: [{ path, message: `give a ${noun} that is there` }],
    cause,
  });
}

/** A row in the router's form: null columns are absent, times are milliseconds since 1970. */
export function toStoredTask(row: Task): StoredTask {
  return {
    taskId: row.id,
    ownerId: row.ownerId,
    projectId: row.projectId,
    kind: row.kind,
    input: row.input,
    priority: row.priority,
    status: row.status,
    attempt: row.attempt,
    percent: row.percent,
    createdAt: row.createdAt.getTime(),
    ...(row.retryOfId === null ? {} : { retryOf: row.retryOfId }),
    ...(row.timeoutMs === null ? {} : { timeoutMs: row.timeoutMs }),
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.errorCode === null ? {} : { error: { code: row.errorCode, message: row.errorMessage ?? '' } }),
    ...(row.startedAt === null ? {} : { startedAt: row.startedAt.getTime() }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt.getTime() }),
  };
}

import { deleteEndedTasks, loadHistory, recordTaskEnd } from '@taskwire/db';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { NewTask, StoredTask, TaskListQuery, TaskStore } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';
import { createTaskRow, toStoredTask } from './task-rows.ts';
import { isUniqueViolation } from './database-errors.ts';
import { NEWEST_FIRST, rowsAfter } from './keyset.ts';
import type { Withdrawals } from './withdrawals.ts';

/** The rows of tasks in PostgreSQL. */
export function createTaskStore(database: ApiDatabase, withdrawals: Pick<Withdrawals, 'add'>): TaskStore {
  const findByKey = async (ownerId: string, idempotencyKey: string): Promise<StoredTask | undefined> => {
    const row = await database.task.findUnique({ where: { ownerId_idempotencyKey: { ownerId, idempotencyKey } } });
    return row === null ? undefined : toStoredTask(row);
  };
  const insert = (task: NewTask): Promise<StoredTask> => createTaskRow({ database, withdrawals }, task);
  return {
    async create(task) {
      const { ownerId, idempotencyKey } = task;
      if (idempotencyKey === undefined) return { task: await insert(task), created: true };
      const earlier = await findByKey(ownerId, idempotencyKey);
      if (earlier !== undefined) return { task: earlier, created: false };
      try {
        return { task: await insert(task), created: true };
      } catch (error) {
        // Another create with the same key came between the read and the write.
        const other = isUniqueViolation(error) ? await findByKey(ownerId, idempotencyKey) : undefined;
        if (other === undefined) throw error;
        return { task: other, created: false };
      }
    },
    async find(taskId) {
      const row = await database.task.findUnique({ where: { id: taskId } });
      return row === null ? undefined : toStoredTask(row);
    },
    async list(query) {
      const rows = await database.task.findMany({ where: filterOf(query), orderBy: NEWEST_FIRST, take: query.limit });
      return rows.map(toStoredTask);
    },
    history: (taskId, page) => loadHistory(database, taskId, page),
    deleteEnded: (taskIds) => deleteEndedTasks(database, taskIds),
    async markCanceling(taskId) {
      const running = { id: taskId, status: { notIn: [...TERMINAL_STATUSES] } };
      await database.task.updateMany({ where: running, data: { status: 'canceling' } });
    },
    recordEnd: (snapshot) => recordTaskEnd(database, snapshot),
  };
}

function filterOf({ ownerId, kind, status, projectId, after }: TaskListQuery) {
  return {
    ownerId,
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status: { in: [...status] } }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(after === undefined ? {} : rowsAfter(after)),
  };
}

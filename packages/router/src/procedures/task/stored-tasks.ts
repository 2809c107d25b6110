import { taskStatusSchema } from '@taskwire/protocol';
import { TASK_KINDS } from '@taskwire/tasks';
import * as z from 'zod';
import type { TaskListQuery } from '../../ports/task-store.ts';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';
import type { Task } from './task.ts';
import { toTask } from './view.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryRefusal } from '../../use-cases/tasks/retry-refusal.ts';
import { deleteTask } from '../../use-cases/deleting/delete-task.ts';

const listInput = z.object({
  ...pageInput,
  kind: z.exactOptional(z.enum(TASK_KINDS)),
  status: z.exactOptional(z.array(taskStatusSchema).min(1)),
  projectId: z.exactOptional(z.uuid()),
});

/** The tasks of the caller, newest first, a page at a time. */
export const list = callerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { cursor, limit, ...filters } = input;
  const after = parseListCursor(cursor);
  const query: TaskListQuery = { ...filters, ownerId: ctx.caller.userId, limit: limit + 1 };
  const tasks = await ctx.ports.tasks.list(after === undefined ? query : { ...query, after });
  return toPage(tasks, limit, {
    view: toTask,
    position: (task) => ({ createdAt: task.createdAt, id: task.taskId }),
  });
});

/** One task of the caller, as stored in PostgreSQL, and whether it can be retried. */
export const get = callerProcedure
  .input(z.object({ taskId: z.uuid() }))
  .query(async ({ ctx, input }): Promise<Task> => {
    const stored = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    const refusal = await retryRefusal(ctx.ports, ctx.caller, stored);
    return refusal === undefined ? toTask(stored) : { ...toTask(stored), retryRefusal: refusal };
  });

/** Deletes an ended task with its history, its results and the uploads that no other task uses. CONFLICT for others. */
export const deleteOne = callerProcedure.input(z.object({ taskId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  await deleteTask(ctx.ports, task);
  return { taskId: task.taskId };
});

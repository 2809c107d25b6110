import { taskStatusSchema } from '@taskwire/protocol';
import { TASK_KINDS } from '@taskwire/tasks';
import * as z from 'zod';
import type { TaskListQuery } from '../../ports/task-store.ts';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';

const listInput = z.object({
  ...pageInput,
  kind: z.exactOptional(z.enum(TASK_KINDS)),
  status: z.exactOptional(z.array(taskStatusSchema).min(1)),
  projectId: z.exactOptional(z.uuid()),
});

/** The caller's tasks, newest first, a page at a time. */
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

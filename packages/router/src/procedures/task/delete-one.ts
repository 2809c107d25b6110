import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { deleteTask } from '../../use-cases/deleting/delete-task.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** Deletes an ended task with its history, its results and the uploads that no other task uses. CONFLICT for others. */
export const deleteOne = callerProcedure.input(z.object({ taskId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  await deleteTask(ctx.ports, task);
  return { taskId: task.taskId };
});

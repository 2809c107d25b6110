import * as z from 'zod';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { cancelTask } from '../../use-cases/cancel-task.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** Asks for a cancel and answers with the task as it then is. Canceling an ended task changes nothing. */
export const cancel = callerProcedure.input(z.object({ taskId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  await cancelTask(ctx.ports, ctx.caller, task);
  return toTask(requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task'));
});

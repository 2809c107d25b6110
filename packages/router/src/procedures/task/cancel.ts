import * as z from 'zod';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { cancelTask } from '../../use-cases/cancel-task.ts';
import { owned } from '../../use-cases/owned.ts';

/** Asks for a cancel and answers with the task as it then is. Canceling an ended task changes nothing. */
export const cancel = callerProcedure.input(z.object({ taskId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const task = owned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  await cancelTask(ctx.ports, ctx.caller, task);
  return toTask(owned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task'));
});

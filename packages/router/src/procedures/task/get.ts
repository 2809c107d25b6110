import * as z from 'zod';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { owned } from '../../use-cases/owned.ts';

/** One task of the caller's, as PostgreSQL has it. */
export const get = callerProcedure
  .input(z.object({ taskId: z.uuid() }))
  .query(async ({ ctx, input }) => toTask(owned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task')));

import * as z from 'zod';
import { toTask, type Task } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryRefusal } from '../../use-cases/retry-refusal.ts';

/** One task of the caller's, as PostgreSQL has it, and whether it can be done again. */
export const get = callerProcedure
  .input(z.object({ taskId: z.uuid() }))
  .query(async ({ ctx, input }): Promise<Task> => {
    const stored = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    const refusal = await retryRefusal(ctx.ports, ctx.caller, stored);
    return refusal === undefined ? toTask(stored) : { ...toTask(stored), retryRefusal: refusal };
  });

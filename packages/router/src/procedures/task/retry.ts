import { idempotencyKeySchema } from '@taskwire/tasks';
import * as z from 'zod';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryTask } from '../../use-cases/retry-task.ts';

const retryInput = z.object({
  taskId: z.uuid(),
  /** A second retry with the same key answers with the first one's task. */
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
});

/** Does an ended task again: answers with the new task, whose `retryOf` names the old one. */
export const retry = callerProcedure.input(retryInput).mutation(async ({ ctx, input }) => {
  const earlier = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  return toTask(await retryTask(ctx.ports, ctx.caller, { earlier, idempotencyKey: input.idempotencyKey }));
});

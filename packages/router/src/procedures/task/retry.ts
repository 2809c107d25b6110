import { idempotencyKeySchema, type AnyTaskDefinition, type TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { Mutation } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryTask } from '../../use-cases/tasks/retry-task.ts';
import type { CatalogTask } from './task.ts';
import { toTask } from './to-task.ts';

const retryInput = z.object({
  taskId: z.uuid(),
  /** A second retry with the same key answers with the task of the first. */
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
});

/** Repeats an ended task. Answers with the new task, whose `retryOf` names the old one. */
export function retry<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Mutation<z.input<typeof retryInput>, CatalogTask<Definition>> {
  return callerProcedure.input(retryInput).mutation(async ({ ctx, input }) => {
    const earlier = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    return toTask(catalog, await retryTask(ctx.ports, ctx.caller, { earlier, idempotencyKey: input.idempotencyKey }));
  });
}

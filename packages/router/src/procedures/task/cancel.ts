import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { Mutation } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { cancelTask } from '../../use-cases/tasks/cancel-task.ts';
import type { CatalogTask } from './task.ts';
import { toTask } from './to-task.ts';

const cancelInput = z.object({ taskId: z.uuid() });

/** Requests a cancel and answers with the task after it. Canceling an ended task changes nothing. */
export function cancel<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Mutation<z.input<typeof cancelInput>, CatalogTask<Definition>> {
  return callerProcedure.input(cancelInput).mutation(async ({ ctx, input }) => {
    const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    await cancelTask(ctx.ports, ctx.caller, task);
    return toTask(catalog, requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task'));
  });
}

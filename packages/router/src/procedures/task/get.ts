import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { Query } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryRefusal } from '../../use-cases/tasks/retry-refusal.ts';
import type { CatalogTask } from './task.ts';
import { toTask } from './to-task.ts';

const getInput = z.object({ taskId: z.uuid() });

/** One task of the caller, as stored in PostgreSQL, and whether it can be retried. */
export function get<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Query<z.input<typeof getInput>, CatalogTask<Definition>> {
  return callerProcedure.input(getInput).query(async ({ ctx, input }) => {
    const stored = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    const refusal = await retryRefusal(ctx.ports, ctx.caller, stored);
    const task = toTask(catalog, stored);
    return refusal === undefined ? task : { ...task, retryRefusal: refusal };
  });
}

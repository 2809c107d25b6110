import { formatCursor } from '@taskwire/protocol';
import type { AnyTaskDefinition, TaskCatalog, TypedTaskEvent } from '@taskwire/tasks';
import * as z from 'zod';
import type { Query } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import type { Page } from '../../use-cases/list-position.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { parseHistoryCursor, readHistory } from '../../use-cases/tasks/task-history.ts';

const historyInput = z.object({
  taskId: z.uuid(),
  /** The `nextCursor` of the page before, or any seq: the page begins after it. */
  cursor: z.string().max(100).nullish(),
  limit: z.int().min(1).max(1_000).default(200),
});

/** A task's events from the first on, a page at a time; neighbouring tokens, progress and data may be merged (`fromSeq`). */
export function history<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Query<z.input<typeof historyInput>, Page<TypedTaskEvent<Definition>>> {
  return callerProcedure.input(historyInput).query(async ({ ctx, input }) => {
    const afterSeq = parseHistoryCursor(input.cursor);
    const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    const { events, more } = await readHistory(ctx.ports, task, { afterSeq, limit: input.limit });
    const items = events.flatMap((event) => {
      const typed = catalog.readMessage(task.kind, event);
      return typed.type === 'snapshot' ? [] : [typed];
    });
    const last = events.at(-1);
    return more && last !== undefined ? { items, nextCursor: formatCursor(last.seq) } : { items };
  });
}

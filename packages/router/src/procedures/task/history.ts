import { formatCursor } from '@taskwire/protocol';
import { typedMessage, type TaskMessage } from '@taskwire/tasks';
import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import type { Page } from '../../use-cases/list-position.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { parseHistoryCursor, readHistory } from '../../use-cases/tasks/task-history.ts';

/** An event whose output, if it has one, has its kind's type. */
export type TypedTaskEvent = Exclude<TaskMessage, { type: 'snapshot' }>;

const historyInput = z.object({
  taskId: z.uuid(),
  /** The `nextCursor` of the page before, or any seq: the page begins after it. */
  cursor: z.string().max(100).nullish(),
  limit: z.int().min(1).max(1_000).default(200),
});

/** A task's events from the first on, a page at a time; neighbouring tokens, progress and data may be merged (`fromSeq`). */
export const history = callerProcedure
  .input(historyInput)
  .query(async ({ ctx, input }): Promise<Page<TypedTaskEvent>> => {
    const afterSeq = parseHistoryCursor(input.cursor);
    const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
    const { events, more } = await readHistory(ctx.ports, task, { afterSeq, limit: input.limit });
    const items = events.flatMap((event) => {
      const typed = typedMessage(task.kind, event);
      return typed.type === 'snapshot' ? [] : [typed];
    });
    const last = events.at(-1);
    return more && last !== undefined ? { items, nextCursor: formatCursor(last.seq) } : { items };
  });

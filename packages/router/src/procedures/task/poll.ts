import { formatCursor, isTerminalMessage } from '@taskwire/protocol';
import type { AnyTaskDefinition, CatalogMessage, TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import type { Query } from '../../procedure-types.ts';
import { callerProcedure, neverAborted } from '../../trpc.ts';
import { isSeenEnd } from '../../use-cases/tasks/task-end.ts';
import { resolveWatch } from '../../use-cases/watching/resolve-watch.ts';

/** Below what proxies commonly wait for an answer. */
const LONGEST_WAIT_MS = 30_000;

const pollInput = z.object({
  taskId: z.uuid(),
  lastEventId: z.string().nullish(),
  /** Longest wait (ms) if there is nothing new. */
  waitMs: z.int().min(0).max(LONGEST_WAIT_MS).default(20_000),
});

/** Answer of a poll; `lastEventId` is the cursor of the next one. */
export interface PollAnswer<Definition extends AnyTaskDefinition = AnyTaskDefinition> {
  messages: CatalogMessage<Definition>[];
  lastEventId: string;
  /** Nothing comes any more: do not poll again. */
  ended: boolean;
}

/** The long-poll form of `task.onProgress`: the same messages after a cursor, under the same rules. */
export function poll<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Query<z.input<typeof pollInput>, PollAnswer<Definition>> {
  return callerProcedure.input(pollInput).query(async ({ ctx, input, signal }) => {
    const { taskId, lastEventId } = input;
    const { task, cursor } = await resolveWatch(ctx.ports, ctx.caller, { scope: 'task', taskId, lastEventId });
    const wait = { waitMs: Math.min(input.waitMs, timeLeft(ctx.caller)), signal: signal ?? neverAborted() };
    const messages = await ctx.ports.events.poll(task, cursor, wait);
    const last = messages.at(-1);
    const seq = last?.seq ?? cursor ?? 0;
    return {
      messages: messages.map((message) => catalog.readMessage(task.kind, message)),
      lastEventId: formatCursor(seq),
      ended: last === undefined ? await isEnd(ctx.ports, task, seq) : isTerminalMessage(last),
    };
  });
}

/** Time (ms) until the call's credentials expire: an answer is held no longer. */
function timeLeft({ expiresAt = Infinity }: Caller): number {
  return Math.max(0, expiresAt - Date.now());
}

/** After an answer without messages: whether the cursor is the end of an ended task. */
async function isEnd(ports: Ports, { taskId }: StoredTask, seq: number): Promise<boolean> {
  const row = await ports.tasks.find(taskId);
  return row !== undefined && isSeenEnd(ports, row, seq);
}

import { formatCursor, parseCursor } from '@taskwire/protocol';
import { typedMessage, type TaskMessage } from '@taskwire/tasks';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { owned } from '../../use-cases/owned.ts';

/** What every subscription to one task takes; `lastEventId` is the cursor (MUST 14). */
export const onProgressInput = z.object({ taskId: z.uuid(), lastEventId: z.string().nullish() });

/** Every message of a task: a snapshot, then each event once and in order, until the terminal one. */
export const onProgress = callerProcedure.input(onProgressInput).subscription(async function* ({
  ctx,
  input,
  signal,
}): AsyncGenerator<TrackedEnvelope<TaskMessage>, void, undefined> {
  const cursor = parseCursor(input.lastEventId);
  const task = owned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  const messages = ctx.ports.events.follow(task, cursor, signal ?? new AbortController().signal);
  for await (const message of messages) {
    yield tracked(formatCursor(message.seq), typedMessage(task.kind, message));
  }
});

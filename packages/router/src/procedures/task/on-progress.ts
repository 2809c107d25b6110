import { formatCursor, parseCursor } from '@taskwire/protocol';
import { typedMessage, type TaskMessage } from '@taskwire/tasks';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import { translated } from '../../errors.ts';
import { callerProcedure } from '../../trpc.ts';
import { neverAborted } from '../../use-cases/never-aborted.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** What every subscription to one task takes; `lastEventId` is the cursor (MUST 14). */
export const onProgressInput = z.object({ taskId: z.uuid(), lastEventId: z.string().nullish() });

interface WatchRequest {
  ports: Ports;
  caller: Caller;
  taskId: string;
  lastEventId: string | null | undefined;
  signal: AbortSignal;
}

async function* watch(request: WatchRequest): AsyncGenerator<TrackedEnvelope<TaskMessage>, void, undefined> {
  const { ports, caller, taskId, signal } = request;
  const cursor = parseCursor(request.lastEventId);
  const task = requireOwned(caller, await ports.tasks.find(taskId), 'task');
  for await (const message of ports.events.follow(task, cursor, signal)) {
    yield tracked(formatCursor(message.seq), typedMessage(task.kind, message));
  }
}

/**
 * Every message of a task: a snapshot, then each event once and in order, until the terminal one. What goes wrong is
 * said in the stream, not by the HTTP status, which an EventSource would hide from its page.
 */
export const onProgress = callerProcedure.input(onProgressInput).subscription(({ ctx, input, signal }) => {
  const { ports, caller } = ctx;
  return translated(
    watch({ ports, caller, ...input, lastEventId: input.lastEventId, signal: signal ?? neverAborted() }),
  );
});

import type { AnyTaskDefinition, CatalogMessage, TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import { translated } from '../../errors.ts';
import type { Subscription } from '../../procedure-types.ts';
import { callerProcedure, neverAborted } from '../../trpc.ts';
import { followTask } from '../../use-cases/watching/follow-watch.ts';
import { resolveWatch, type TaskWatch } from '../../use-cases/watching/resolve-watch.ts';

const watchInput = z.object({ taskId: z.uuid(), lastEventId: z.string().nullish() });

type WatchInput = z.input<typeof watchInput>;

interface WatchCall {
  ctx: { ports: Ports; caller: Caller };
  input: z.output<typeof watchInput>;
}

function authorize({ ctx, input: { taskId, lastEventId } }: WatchCall): Promise<TaskWatch> {
  return resolveWatch(ctx.ports, ctx.caller, { scope: 'task', taskId, lastEventId });
}

/**
 * Every message of a task: a snapshot, then each event once and in order, until the terminal one. An error is a
 * frame of the stream and not an HTTP status, which an EventSource would hide from its page.
 */
export function onProgress<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Subscription<WatchInput, CatalogMessage<Definition>> {
  return callerProcedure.input(watchInput).subscription(({ signal = neverAborted(), ...call }) => {
    const { events } = call.ctx.ports;
    return translated(followTask({ events, catalog }, () => authorize(call), signal));
  });
}

/** The authorized watch of the same call, whose input has not been checked yet. */
export const authorizeOnProgress = callerProcedure.input(z.unknown().pipe(watchInput)).query(authorize);

import type { TopicMessage } from '@taskwire/protocol';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import { translated } from '../../errors.ts';
import type { Subscription } from '../../procedure-types.ts';
import { callerProcedure, neverAborted } from '../../trpc.ts';
import { followTopic } from '../../use-cases/watching/follow-watch.ts';
import { resolveWatch, type TopicWatch } from '../../use-cases/watching/resolve-watch.ts';

const watchInput = z.object({ lastEventId: z.string().nullish() }).default({});

type WatchInput = z.input<typeof watchInput>;

interface WatchCall {
  ctx: { ports: Ports; caller: Caller };
  input: z.output<typeof watchInput>;
}

function authorize({ ctx, input: { lastEventId } }: WatchCall): Promise<TopicWatch> {
  return resolveWatch(ctx.ports, ctx.caller, { scope: 'caller', lastEventId });
}

/**
 * All tasks of the caller: a snapshot of the unfinished ones, then life-cycle events and at most one progress per task
 * and second. Never ends by itself.
 */
export const onAny: Subscription<WatchInput, TopicMessage> = callerProcedure
  .input(watchInput)
  .subscription(({ signal = neverAborted(), ...call }) =>
    translated(followTopic(call.ctx.ports, () => authorize(call), signal)),
  );

/** The authorized watch of the same call, whose input has not been checked yet. */
export const authorizeOnAny = callerProcedure.input(z.unknown().pipe(watchInput)).query(authorize);

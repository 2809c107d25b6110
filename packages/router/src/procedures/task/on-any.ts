import * as z from 'zod';
import { translated } from '../../errors.ts';
import { callerProcedure } from '../../trpc.ts';
import { neverAborted } from '../../use-cases/never-aborted.ts';
import { watchTopic } from '../../use-cases/watch-topic.ts';

/**
 * All tasks of the caller's: a snapshot of the unfinished ones, then life-cycle events and at most one progress per task
 * and second. Never ends by itself.
 */
export const onAny = callerProcedure
  .input(z.object({ lastEventId: z.string().nullish() }).default({}))
  .subscription(({ ctx, input, signal }) => {
    const topic = { ownerId: ctx.caller.userId };
    const { lastEventId } = input;
    return translated(watchTopic({ ports: ctx.ports, topic, lastEventId, signal: signal ?? neverAborted() }));
  });

import type { TopicMessage } from '@taskwire/protocol';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import { translated } from '../../errors.ts';
import type { Subscription } from '../../procedure-types.ts';
import { callerProcedure, neverAborted } from '../../trpc.ts';
import { followTopic } from '../../use-cases/watching/follow-watch.ts';
import { resolveWatch, type TopicWatch } from '../../use-cases/watching/resolve-watch.ts';
import { topicFilterSchema } from '../../use-cases/watching/topic-filter.ts';

const watchInput = topicFilterSchema.extend({ projectId: z.uuid(), lastEventId: z.string().nullish() });

type WatchInput = z.input<typeof watchInput>;

interface WatchCall {
  ctx: { ports: Ports; caller: Caller };
  input: z.output<typeof watchInput>;
}

function authorize({ ctx, input }: WatchCall): Promise<TopicWatch> {
  const { projectId, lastEventId, ...filter } = input;
  return resolveWatch(ctx.ports, ctx.caller, { scope: 'project', projectId, filter, lastEventId });
}

/**
 * All tasks of a project: a snapshot of the unfinished ones, then every event that the filter takes. Never ends by
 * itself.
 */
export const onProgress: Subscription<WatchInput, TopicMessage> = callerProcedure
  .input(watchInput)
  .subscription(({ signal = neverAborted(), ...call }) =>
    translated(followTopic(call.ctx.ports, () => authorize(call), signal)),
  );

/** The authorized watch of the same call, whose input has not been checked yet. */
export const authorizeOnProgress = callerProcedure.input(z.unknown().pipe(watchInput)).query(authorize);

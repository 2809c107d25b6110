import { appRouter, type Context, type Ports } from '@taskwire/router';
import { callTRPCProcedure } from '@trpc/server';
import type { WatchRequest } from './watch-request.ts';

/** A call of a subscription, as it came in. */
export interface SubscriptionCall {
  path: string;
  input: unknown;
}

/**
 * Asks a subscription of the router what it would follow. The procedure itself is run, with its input schema, its caller
 * and its owner check; only the log that it would follow is exchanged for one that takes note and gives nothing.
 * @throws what the procedure throws.
 */
export async function askProcedure({ path, input }: SubscriptionCall, context: Context): Promise<WatchRequest> {
  let asked: WatchRequest | undefined;
  const events: Ports['events'] = {
    ...context.ports.events,
    follow(task, cursor) {
      asked = { task, cursor };
      return nothing();
    },
    followTopic(topic, { cursor, filter }) {
      asked = { topic, cursor, filter };
      return nothing();
    },
  };
  const answer: unknown = await callTRPCProcedure({
    router: appRouter,
    path,
    type: 'subscription',
    ctx: { ...context, ports: { ...context.ports, events } },
    getRawInput: () => Promise.resolve(input),
    signal: undefined,
    batchIndex: 0,
  });
  if (isAsyncIterable(answer)) await answer[Symbol.asyncIterator]().next();
  if (asked === undefined) throw new Error(`${path} follows nothing`);
  return asked;
}

function isAsyncIterable(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

async function* nothing(): AsyncGenerator<never, void, undefined> {
  // What is followed is followed by the broadcast.
}

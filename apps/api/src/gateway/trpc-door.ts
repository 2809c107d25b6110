import type { IncomingMessage, ServerResponse } from 'node:http';
import { TaskwireError } from '@taskwire/protocol';
import type { Caller, Context } from '@taskwire/router';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { logFailure } from '../log-failure.ts';
import { askProcedure, type SubscriptionCall } from './ask-procedure.ts';
import type { Gateway } from './gateway.ts';
import { sendAway } from './send-away.ts';
import { subscriptionCall } from './subscription-call.ts';
import { failureFrame, trpcTaskEncoder, trpcText, trpcTopicEncoder } from './trpc-encoder.ts';

interface DoorParts {
  gateway: Gateway;
  createContext: (request: IncomingMessage) => Promise<Context>;
  /** For what befalls many streams at once. */
  logger: Logger;
}

/**
 * Answers the subscriptions of the router ahead of tRPC's own adapter, as that would: with the same frames, errors
 * included, which are told in the stream. Whatever is not plainly such a call is left to tRPC.
 */
export function trpcDoor(parts: DoorParts): RequestHandler {
  return (request, response, next) => {
    const call = subscriptionCall(request);
    if (call === undefined || response.socket === null) return next();
    answer(parts, { request, response, call }).catch(next);
  };
}

interface Asked {
  request: Request;
  response: ServerResponse;
  call: SubscriptionCall;
}

async function answer(
  { gateway, createContext, logger }: DoorParts,
  { request, response, call }: Asked,
): Promise<void> {
  const { path } = call;
  const from = { path, type: 'subscription' };
  try {
    const context = await createContext(request);
    const watch = await askProcedure(call, context);
    const connection = gateway.open(response, { userId: callerOf(context).userId, text: trpcText });
    if (connection === undefined) return;
    gateway.join(connection, watch, {
      taskEncoder: (kind) => trpcTaskEncoder(path, kind),
      topicEncoder: trpcTopicEncoder(path),
      onFailure: (error) => logFailure(logger, error, from),
    });
  } catch (error) {
    logFailure(request.log, error, from);
    // In the stream, for an EventSource hides an HTTP status from its page.
    sendAway(response, trpcText, failureFrame(error, path));
  }
}

function callerOf({ caller }: Context): Caller {
  if (caller === undefined) throw new TaskwireError('UNAUTHENTICATED', 'send a token');
  return caller;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { TaskwireError } from '@taskwire/protocol';
import {
  authorizeSubscription,
  toStreamError,
  type CallContext,
  type Caller,
  type SubscriptionCall,
} from '@taskwire/router';
import type { TaskCatalog } from '@taskwire/tasks';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Logger } from 'pino';
import type { LineLimit } from '../../../http/log/line-limit.ts';
import { logStream, type StreamLog } from '../../../http/log/request-log.ts';
import { logFailure } from '../../../trpc/log-failure.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { sendAway } from '../../connection/answers.ts';
import { subscriptionCall } from './subscription-call.ts';
import { failureFrame, trpcTaskEncoder, trpcFormat, trpcTopicEncoder } from '../../formats/trpc-format.ts';

export interface TrpcTransportDependencies {
  gateway: Gateway;
  createContext: (request: IncomingMessage) => Promise<CallContext>;
  /** The kinds whose messages are sent. */
  catalog: TaskCatalog;
  logger: Logger;
  /** Limit of the log lines of refused requests. */
  refusals: LineLimit;
  /** Sets the header fields that every answer has. */
  headers: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}

/** A subscription call, and where its answer goes. */
interface IncomingCall {
  request: IncomingMessage;
  response: ServerResponse;
  call: SubscriptionCall;
  log: StreamLog;
}

/**
 * Answers the subscriptions of the router ahead of tRPC's own adapter, with the same frames, errors included. Any other
 * request is left to tRPC.
 * @returns a function that says whether it answers the request.
 */
export function trpcTransport(
  dependencies: TrpcTransportDependencies,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const call = subscriptionCall(request);
    // Without a socket an earlier answer on the same connection is not finished yet.
    if (call === undefined || response.socket === null) return false;
    const log = logStream(dependencies, request, response);
    dependencies.headers(request, response, () => void answer(dependencies, { request, response, call, log }));
    return true;
  };
}

/** Never rejects: a failure is a frame of the stream, because an EventSource hides an HTTP status from its page. */
async function answer(
  { gateway, createContext, catalog, logger }: TrpcTransportDependencies,
  incoming: IncomingCall,
): Promise<void> {
  const { request, response, call } = incoming;
  const { path } = call;
  const from = { path, type: 'subscription' };
  try {
    const context = await createContext(request);
    const watch = await gateway.lookUp(context.caller, () => authorizeSubscription({ taskwire: context }, call));
    const connection = gateway.open(response, { caller: callerOf(context), format: trpcFormat, watch });
    if (connection === undefined) return;
    gateway.join(connection, watch, {
      taskEncoder: (kind) => trpcTaskEncoder(catalog, { path, kind }),
      topicEncoder: trpcTopicEncoder(path),
      onFailure: (error) => logFailure(logger, error, from),
    });
  } catch (error) {
    logFailure(incoming.log.logger(), error, from);
    incoming.log.refused(getHTTPStatusCodeFromError(toStreamError(error)));
    sendAway(response, trpcFormat, failureFrame(error, path));
  }
}

function callerOf({ caller }: CallContext): Caller {
  if (caller === undefined) throw new TaskwireError('UNAUTHENTICATED', 'send a token');
  return caller;
}

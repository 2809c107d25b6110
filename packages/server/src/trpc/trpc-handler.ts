import type { IncomingMessage } from 'node:http';
import { ERROR_CODES, TaskwireError } from '@taskwire/protocol';
import type { CallContext, Ports } from '@taskwire/router';
import type { AnyTRPCRouter } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { authenticateChallenge, type Authenticator } from '../auth/authenticate.ts';
import type { CallGate } from '../calls/call-gate.ts';
import { refuseRequest } from '../calls/refuse-request.ts';
import { MAX_BATCH_SIZE, requestedCalls } from '../calls/requested-calls.ts';
import { RequestInFlight } from '../calls/request-in-flight.ts';
import { splitAddress } from '../http/requests/check-request.ts';
import { logFailure } from './log-failure.ts';

/** Largest body (bytes) of a call: files have an endpoint of their own. */
const MAX_BODY_BYTES = 1024 * 1024;

export type CreateContext = (request: IncomingMessage) => Promise<CallContext>;

/** A call as procedures see it: the ports and the caller. */
export function contextOf(ports: Ports, authenticator: Authenticator): CreateContext {
  return async (request) => ({ ports, ...(await authenticator.authenticate(request)) });
}

/**
 * The router over HTTP. A request is admitted before any of its calls begins, or refused as a whole. Faults of the server
 * are logged, without the caller's data.
 */
export function trpcHandler(
  createContext: CreateContext,
  { router, calls: gate }: { router: AnyTRPCRouter; calls: CallGate },
): RequestHandler {
  return async (request, response, next) => {
    try {
      const context = await createContext(request);
      // tRPC would not notice that its client has left, and would follow the log for ever.
      if (response.destroyed) return;
      const flight = new RequestInFlight(request, response, gate.admit(context, callsIn(request)));
      answer({ context: gate.fairContext(context), flight, router }, { request, response, next });
    } catch (error) {
      if (!(error instanceof TaskwireError)) throw error;
      logFailure(request.log, error, { path: undefined, type: 'request' });
      refuseRequest(request, response, error);
    }
  };
}

function callsIn(request: Request) {
  const path = request.path.slice(request.path.lastIndexOf('/') + 1);
  return requestedCalls(path, new URLSearchParams(splitAddress(request.originalUrl).query));
}

function answer(
  { context, flight, router }: { context: CallContext; flight: RequestInFlight; router: AnyTRPCRouter },
  { request, response, next }: { request: Request; response: Response; next: NextFunction },
): void {
  let end: () => void = () => undefined;
  const handle = createExpressMiddleware({
    router,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: () => {
      end = flight.begin();
      return { taskwire: { ...context, onCall: () => flight.begin() } };
    },
    // If each call has its own answer (jsonl), tRPC calls this before the first call ends.
    responseMeta: ({ errors }) => {
      end();
      const unauthenticated = errors.some((error) => error.code === ERROR_CODES.UNAUTHENTICATED.trpc);
      return unauthenticated ? { headers: { 'www-authenticate': authenticateChallenge(context.refused) } } : {};
    },
    onError: ({ error, path, type, req }) => logFailure(req.log, error, { path, type }),
  });
  handle(request, response, next);
}

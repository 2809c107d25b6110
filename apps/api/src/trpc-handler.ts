import type { IncomingMessage } from 'node:http';
import { ERROR_CODES } from '@taskwire/protocol';
import { appRouter, type Context, type Ports } from '@taskwire/router';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { RequestHandler } from 'express';
import { authenticate, authenticateChallenge } from './auth/authenticate.ts';
import type { TokenAuthority } from './auth/tokens.ts';
import { logFailure } from './log-failure.ts';

/** Inputs are small: files go another way. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH_SIZE = 50;

export type CreateContext = (request: IncomingMessage) => Promise<Context>;

/** What procedures get: the ports, and who is calling. */
export function contextOf(ports: Ports, authority: TokenAuthority): CreateContext {
  return async (request) => ({ ports, ...(await authenticate(authority, request.headers.authorization)) });
}

/** The router over HTTP. Errors that are the server's own fault are logged, without anything that a caller sent. */
export function trpcHandler(createContext: CreateContext): RequestHandler {
  return createExpressMiddleware({
    router: appRouter,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: ({ req }) => createContext(req),
    responseMeta: ({ ctx, errors }) => {
      const unauthenticated = errors.some((error) => error.code === ERROR_CODES.UNAUTHENTICATED.trpc);
      return unauthenticated ? { headers: { 'www-authenticate': authenticateChallenge(ctx?.refused) } } : {};
    },
    onError: ({ error, path, type, req }) => logFailure(req.log, error, { path, type }),
  });
}

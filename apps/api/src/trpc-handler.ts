import { ERROR_CODES, TaskwireError } from '@taskwire/protocol';
import { appRouter, type Context, type Ports } from '@taskwire/router';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { RequestHandler } from 'express';
import { authenticate, authenticateChallenge } from './auth/authenticate.ts';
import type { TokenAuthority } from './auth/tokens.ts';

/** Inputs are small: files go another way. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH_SIZE = 50;

/** The router over HTTP. Errors that are the server's own fault are logged, without anything that a caller sent. */
export function trpcHandler(ports: Ports, authority: TokenAuthority): RequestHandler {
  return createExpressMiddleware({
    router: appRouter,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: async ({ req }): Promise<Context> => ({
      ports,
      ...(await authenticate(authority, req.headers.authorization)),
    }),
    responseMeta: ({ ctx, errors }) => {
      const unauthenticated = errors.some((error) => error.code === ERROR_CODES.UNAUTHENTICATED.trpc);
      return unauthenticated ? { headers: { 'www-authenticate': authenticateChallenge(ctx?.refused) } } : {};
    },
    onError: ({ error, path, type, req }) => {
      const err = error.cause ?? error;
      // In a stream an INTERNAL error has another tRPC code.
      const internal = error.cause instanceof TaskwireError && error.cause.code === 'INTERNAL';
      if (internal || error.code === ERROR_CODES.INTERNAL.trpc) req.log.error({ err, path, type }, 'procedure failed');
      if (error.code === ERROR_CODES.SERVICE_UNAVAILABLE.trpc) req.log.warn({ err, path, type }, 'refused for now');
    },
  });
}

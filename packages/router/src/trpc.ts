import { TaskwireError, checkStorable } from '@taskwire/protocol';
import { initTRPC } from '@trpc/server';
import type { CallContext, Context } from './context.ts';
import { errorFormatter, toStreamError, toTrpcError } from './errors.ts';

/** Interval (ms) between the pings of a stream: clients and proxies see a living connection. */
export const PING_INTERVAL_MS = 15_000;
/** Silence (ms) after which a client reconnects with its cursor. */
export const RECONNECT_AFTER_SILENCE_MS = 40_000;

const trpc = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter,
  sse: {
    ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
    client: { reconnectAfterInactivityMs: RECONNECT_AFTER_SILENCE_MS },
  },
});

export const { router, middleware } = trpc;

/** The settings of all routers: the form of errors and streams. */
export const routerConfig = router({})._def._config;

/** Gives errors of the lower layers their tRPC code. An unknown error becomes INTERNAL, without its message. */
const translateErrors = trpc.middleware(async ({ next, type }) => {
  const result = await next();
  if (result.ok) return result;
  return { ...result, error: type === 'subscription' ? toStreamError(result.error) : toTrpcError(result.error) };
});

/** tRPC lets a router stand in another one whose context lacks a part of its own. */
const requireContext = trpc.middleware(({ ctx, next }) => {
  const given: unknown = ctx;
  if (typeof given === 'object' && given !== null && 'taskwire' in given) return next();
  throw new Error('the context lacks "taskwire": spread what taskwire.createContext({ req }) answers into it');
});

/** Reports the beginning and end of each call to the transport: tRPC does not, if it answers call by call. */
const reportCall = trpc.middleware(async ({ ctx, next }) => {
  const end = ctx.taskwire.onCall?.();
  try {
    return await next();
  } finally {
    end?.();
  }
});

/** The refusal of a call without a caller. */
export function unauthenticated({ refused, signInHint }: Pick<CallContext, 'refused' | 'signInHint'>): TaskwireError {
  const message = refused ?? signInHint ?? 'send a token: "Authorization: Bearer <token>"';
  return new TaskwireError('UNAUTHENTICATED', message);
}

/** Gives procedures the ports and the caller. */
const requireCaller = trpc.middleware(({ ctx, next }) => {
  const { ports, caller } = ctx.taskwire;
  if (caller === undefined) throw unauthenticated(ctx.taskwire);
  return next({ ctx: { ports, caller } });
});

/** Checks, before any schema, that each text of the input can be stored, names of fields included. */
const requireStorableInput = trpc.middleware(async ({ getRawInput, next }) => {
  checkStorable(await getRawInput());
  return next();
});

/**
 * A procedure for signed-in callers, whose `ctx` has the `caller` and the `ports`. Every procedure of the router starts
 * here, and so do own procedures.
 */
export const callerProcedure = trpc.procedure
  .use(translateErrors)
  .use(requireContext)
  .use(reportCall)
  .use(requireCaller)
  .use(requireStorableInput);

/** The signal of a call that has none: a caller inside this process. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

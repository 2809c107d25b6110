import type { IncomingMessage, RequestListener } from 'node:http';
import type { Dependency } from '@taskwire/process-kit';
import { isOffered, type Context, type Ports } from '@taskwire/router';
import type { AnyTRPCRouter } from '@trpc/server';
import express, { Router, type Express } from 'express';
import type { Logger } from 'pino';
import type { Authenticator } from './auth/authenticate.ts';
import { devSignIn } from './auth/dev-sign-in.ts';
import type { SignInCode } from './auth/sign-in-code.ts';
import type { TokenAuthority } from './auth/tokens.ts';
import type { CallGate } from './calls/call-gate.ts';
import { answerErrors } from './http/answers/answer-errors.ts';
import type { Gateway } from './streams/gateway/gateway.ts';
import { withStreamLimits } from './streams/limits/limited-events.ts';
import { sharedLookups } from './streams/transports/shared-lookups.ts';
import { trpcTransport } from './streams/transports/trpc/trpc-transport.ts';
import { UnsharedLimits } from './streams/limits/unshared-limits.ts';
import { checkRequest, withPath } from './http/requests/check-request.ts';
import { closeQueued } from './http/requests/close-queued.ts';
import { crossOrigin } from './http/requests/cross-origin.ts';
import { health, type Lifecycle } from './http/operations/health.ts';
import { metrics, type MetricsSources } from './http/operations/metrics.ts';
import type { LineLimit } from './http/log/line-limit.ts';
import { refusalLimit, requestLog } from './http/log/request-log.ts';
import { securityHeaders } from './http/requests/security-headers.ts';
import { serverConfig } from './http/pages/server-config.ts';
import { webApp, type WebApp } from './http/pages/web-app.ts';
import { sendUploadFrom, type OwnRoutes, type RouteHandler, type RouteTools } from './routes.ts';
import { sseTransport } from './streams/transports/sse/sse-transport.ts';
import { contextOf, trpcHandler, type CreateContext } from './trpc/trpc-handler.ts';
import type { UploadSettings } from './uploads/upload-receiver.ts';
import { uploadRoute } from './uploads/upload-route.ts';

/** Most streams of one user that tRPC's own adapter serves beside the gateway. */
const MOST_UNSHARED_STREAMS = 20;

export interface AppDependencies {
  ports: Ports;
  router: AnyTRPCRouter;
  authenticator: Authenticator;
  /** Signing in by a name, if people can. */
  signIn?: { tokens: TokenAuthority; code: SignInCode };
  uploads: UploadSettings;
  routes: OwnRoutes;
  webApps: readonly WebApp[];
  dependencies: readonly Dependency[];
  lifecycle: Lifecycle;
  logger: Logger;
  gateway: Gateway;
  calls: CallGate;
  eventLog: MetricsSources['eventLog'];
  fleet: MetricsSources['fleet'];
  /** Origins whose pages may call. */
  corsOrigins: readonly string[];
  /** Whether the gateway also answers tRPC's subscriptions. */
  trpcGateway: boolean;
}

/**
 * The whole HTTP surface. It listens to no port and owns no connection. Subscriptions do not go through Express, whose
 * objects would stay in memory as long as the stream.
 */
export function createApp(dependencies: AppDependencies): RequestListener {
  return closeQueued(crossOrigin(dependencies.corsOrigins, withPath(answerAll(dependencies))));
}

function answerAll(dependencies: AppDependencies): RequestListener {
  const refusals = refusalLimit(dependencies.logger);
  const app = expressApp(dependencies, refusals);
  if (!dependencies.trpcGateway) return app;
  const { ports, authenticator, gateway, logger } = dependencies;
  const createContext = contextOf(sharedLookups(ports), authenticator);
  const transport = trpcTransport({
    gateway,
    createContext,
    catalog: ports.catalog,
    logger,
    refusals,
    headers: securityHeaders(),
  });
  return (request, response) => {
    if (!transport(request, response)) app(request, response);
  };
}

function expressApp(dependencies: AppDependencies, refusals: LineLimit): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(dependencies.logger, refusals));
  app.use(securityHeaders());
  app.use(answerErrors(Router().use(checkRequest(), routes(dependencies))));
  return app;
}

function routes(dependencies: AppDependencies): Router {
  const router = Router();
  router.use(health(dependencies.dependencies, dependencies.lifecycle));
  router.use(
    metrics({
      streams: dependencies.gateway.statistics,
      calls: dependencies.calls.statistics,
      eventLog: dependencies.eventLog,
      fleet: dependencies.fleet,
    }),
  );
  const { calls, router: trpcRouter } = dependencies;
  router.use('/trpc', trpcHandler(limitedContext(dependencies), { calls, router: trpcRouter }));
  router.use('/api/v1', apiRoutes(dependencies));
  for (const [path, route] of ownRoutes(dependencies)) router.use(path, route);
  router.use('/api', (_request, _response, next) => next('router'));
  for (const app of dependencies.webApps) router.use(app.path, webApp(app));
  return router;
}

function ownRoutes({ routes, authenticator, uploads, logger }: AppDependencies): [string, RouteHandler][] {
  const { requireCaller } = authenticator;
  const tools: RouteTools = { requireCaller, logger, sendUpload: sendUploadFrom(uploads.storage) };
  return Object.entries(routes).map(([path, create]) => [path, create(tools)]);
}

/** Subscriptions that tRPC's own adapter answers have the same limits. */
function limitedContext({ ports, authenticator, gateway, trpcGateway }: AppDependencies): CreateContext {
  const createContext = contextOf(ports, authenticator);
  const limits = trpcGateway ? new UnsharedLimits(gateway.limits, MOST_UNSHARED_STREAMS) : gateway.limits;
  return async (request) => withStreamLimits(await createContext(request), limits);
}

/**
 * The context of calls that a team's own tRPC router answers: with the same limits. Each call is admitted by itself, as
 * nothing else is known of its request.
 */
export function createNestedContext({ ports, authenticator, gateway, calls }: AppDependencies) {
  const createContext = contextOf(ports, authenticator);
  return async (request: IncomingMessage): Promise<Context> => {
    const call = withStreamLimits(await createContext(request), gateway.limits);
    return { taskwire: { ...calls.fairContext(call), onCall: () => calls.admitCall(call) } };
  };
}

function apiRoutes(dependencies: AppDependencies): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const { maxBytes: maxUploadBytes, acceptedMediaTypes } = dependencies.uploads;
  const { catalog, hasDemoTasks } = dependencies.ports;
  const kinds = catalog.tasks.filter((task) => isOffered({ hasDemoTasks }, task)).map(({ kind }) => kind);
  const { signIn, authenticator } = dependencies;
  const authMode = signIn === undefined ? 'token' : 'dev';
  router.use(serverConfig({ authMode, kinds, maxUploadBytes, acceptedMediaTypes }));
  if (signIn !== undefined) router.use(devSignIn(signIn.tokens, signIn.code));
  router.use(uploadRoute(authenticator, dependencies.uploads));
  router.use(sseTransport({ ...dependencies, ports: sharedLookups(dependencies.ports) }));
  return router;
}

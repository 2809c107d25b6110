import { mediaTypeOf } from '@taskwire/documents/media-types';
import { createLogger } from '@taskwire/process-kit';
import { testRouter, testTasks } from '@taskwire/router/testing';
import { createTaskCatalog, type TaskList } from '@taskwire/tasks';
import { openTestServers, type TestServers } from '@taskwire/test-kit/vitest';
import { createTRPCClient, type TRPCClient } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import type { ApiDatabase } from '../adapters/api-database.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import type { Environment } from '../env.ts';
import { createAuthenticator } from '../auth/authenticate.ts';
import { NO_TOKEN, bearer } from '../auth/bearer.ts';
import { newSignInCode } from '../auth/sign-in-code.ts';
import type { Connections } from '../connections.ts';
import type { WebApp } from '../http/pages/web-app.ts';
import type { OwnRoutes } from '../routes.ts';
import { RunningServer } from '../running-server.ts';
import { testLinks } from './type-assertions.ts';

/** The code with which tests sign in by a name. */
export const SIGN_IN_CODE = 'the-code-of-the-tests';

const AUTH_SECRET = 'a secret of the tests, long enough to be one';

/** The servers and the upload folder of one test file. */
export type Backing = TestServers;

/** Starts them. Close them in `afterAll`. */
export async function createBacking(): Promise<Backing> {
  return openTestServers();
}

/** Settings of an api that signs tokens. */
type TestEnvironment = Environment & { authSecret: string };

/** An api in this process, on a free port. */
export interface TestServer<Router extends AnyTRPCRouter = typeof testRouter> {
  url: string;
  /** The page on which a person signs in by a name, if a test asks for one. */
  signInLink: string | undefined;
  connections: Connections;
  stop(): Promise<void>;
  environment: TestEnvironment;
  authority: TokenAuthority;
  database: ApiDatabase;
  /** All log lines so far. */
  logs(): string;
  /** Headers that sign a request as a user. */
  as(userId: string): Promise<{ authorization: string }>;
  /** A tRPC client of that user; without one, a client without a token. */
  client(userId?: string): Promise<TRPCClient<Router>>;
}

/** Tasks with their router, and own routes. */
export interface TestApi<Router extends AnyTRPCRouter> {
  tasks: TaskList;
  router: Router;
  routes?: OwnRoutes;
  onClose?: () => Promise<void>;
}

/** Settings that a test may change. */
export interface TestServerOptions {
  environment?: Partial<TestEnvironment>;
  pingEveryMs?: number;
  webApps?: readonly WebApp[];
  /** Whether the sign-in code is `SIGN_IN_CODE`, and not a new one. */
  hasOwnSignInCode?: boolean;
}

function environmentOf(backing: Backing): TestEnvironment {
  return {
    databaseUrl: backing.database.databaseUrl,
    redisUrl: backing.redis.redisUrl,
    host: '127.0.0.1',
    port: 0,
    authSecret: AUTH_SECRET,
    authMode: 'dev',
    corsOrigins: [],
    hasDemoTasks: true,
    uploads: { type: 'folder', directory: backing.uploadDirectory },
    maxUploadBytes: 1024 * 1024,
    uploadQuotaBytes: 1024 * 1024 * 1024,
    logLevel: 'debug',
    drainMs: 5_000,
    streamGateway: true,
    callsPerUser: 1_000,
    callsPerProcess: 10_000,
    streamsPerUser: 1_000,
    streamsPerProcess: 1_000,
    streamLifetimeMs: 60 * 60 * 1_000,
    streamBufferBytes: 64 * 1_024,
    streamUserBufferBytes: 16 * 1_024 * 1_024,
    streamFiltersPerTopic: 50,
    streamStallMs: 60_000,
  };
}

/** Starts an api with the tests' kinds on a backing. Stop it before the backing is closed. */
export async function startTestServer(backing: Backing, options: TestServerOptions = {}): Promise<TestServer> {
  return startTestApi(backing, { tasks: testTasks, router: testRouter }, options);
}

/** Starts an api with other kinds and procedures. */
export async function startTestApi<Router extends AnyTRPCRouter>(
  backing: Backing,
  { tasks, router, routes = {}, onClose }: TestApi<Router>,
  options: TestServerOptions = {},
): Promise<TestServer<Router>> {
  const environment = { ...environmentOf(backing), ...options.environment };
  const lines: string[] = [];
  const logger = createLogger({
    service: 'api',
    level: environment.logLevel,
    destination: { write: (line) => void lines.push(line) },
  });
  const authenticate = bearer({ secret: environment.authSecret });
  const authority = authenticate.tokens;
  const { webApps = [], hasOwnSignInCode = true, pingEveryMs } = options;
  const server = new RunningServer({
    environment,
    logger,
    catalog: createTaskCatalog(tasks),
    router,
    authenticator: createAuthenticator(authenticate, { usesCookies: false, signInHint: NO_TOKEN }),
    tokens: environment.authMode === 'dev' ? authority : undefined,
    signInCode: hasOwnSignInCode ? SIGN_IN_CODE : newSignInCode(),
    routes,
    onClose,
    webApps,
    detectMediaType: mediaTypeOf,
    pingEveryMs,
  });
  const url = await server.listen();
  const { connections } = await server.start();
  const as = async (userId: string) => ({ authorization: `Bearer ${(await authority.issue(userId)).token}` });
  return {
    url,
    signInLink: server.signInLink,
    connections,
    stop: () => server.close(),
    environment,
    authority,
    database: connections.database,
    logs: () => lines.join(''),
    as,
    async client(userId) {
      const headers = userId === undefined ? {} : await as(userId);
      return createTRPCClient<Router>({ links: testLinks<Router>(`${url}/trpc`, headers) });
    },
  };
}

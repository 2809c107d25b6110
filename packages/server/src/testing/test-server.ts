import { migrateDocuments } from '@taskwire/documents';
import { mediaTypeOf } from '@taskwire/documents/media-types';
import { createLogger } from '@taskwire/process-kit';
import { appRouter, type AppRouter } from '@taskwire/router';
import { shippedTasks } from '@taskwire/tasks';
import { createTaskCatalog, type TaskList } from '@taskwire/tasks/next';
import { openTestServers, type TestServers } from '@taskwire/test-kit/vitest';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { ApiDatabase, ApiDocuments } from '../adapters/api-database.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import type { Environment } from '../env.ts';
import { createAuthenticator } from '../auth/authenticate.ts';
import { NO_TOKEN, bearer } from '../auth/bearer.ts';
import { newSignInCode } from '../auth/sign-in-code.ts';
import type { Connections } from '../connections.ts';
import type { WebApp } from '../http/pages/web-app.ts';
import { RunningServer } from '../running-server.ts';

/** The code with which tests sign in by a name. */
export const SIGN_IN_CODE = 'the-code-of-the-tests';

const AUTH_SECRET = 'a secret of the tests, long enough to be one';

/** The servers and the upload folder of one test file. */
export type Backing = TestServers;

/** Starts them. Close them in `afterAll`. */
export async function createBacking(): Promise<Backing> {
  const servers = await openTestServers();
  await migrateDocuments(servers.database);
  return servers;
}

/** Settings of an api that signs tokens. */
type TestEnvironment = Environment & { authSecret: string };

/** An api in this process, on a free port. */
export interface TestServer {
  url: string;
  /** The page on which a person signs in by a name, if a test asks for one. */
  signInLink: string | undefined;
  connections: Connections;
  stop(): Promise<void>;
  environment: TestEnvironment;
  authority: TokenAuthority;
  database: ApiDatabase;
  documents: ApiDocuments;
  /** All log lines so far. */
  logs(): string;
  /** Headers that sign a request as a user. */
  as(userId: string): Promise<{ authorization: string }>;
  /** A tRPC client of that user; without one, a client without a token. */
  client(userId?: string): Promise<TRPCClient<AppRouter>>;
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

/** Starts an api on a backing. Stop it before the backing is closed. */
export async function startTestServer(backing: Backing, options: TestServerOptions = {}): Promise<TestServer> {
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
    catalog: createTaskCatalog<TaskList>(shippedTasks),
    router: appRouter,
    authenticator: createAuthenticator(authenticate, { usesCookies: false, signInHint: NO_TOKEN }),
    tokens: environment.authMode === 'dev' ? authority : undefined,
    signInCode: hasOwnSignInCode ? SIGN_IN_CODE : newSignInCode(),
    routes: {},
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
    documents: connections.documents,
    logs: () => lines.join(''),
    as,
    async client(userId) {
      const headers = userId === undefined ? {} : await as(userId);
      return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] });
    },
  };
}

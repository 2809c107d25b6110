import { join } from 'node:path';
import { migrateDocuments } from '@taskwire/documents';
import { mediaTypeOf } from '@taskwire/documents/media-types';
import { createLogger } from '@taskwire/process-kit';
import type { AppRouter } from '@taskwire/router';
import { openTestServers, type TestServers } from '@taskwire/test-kit/vitest';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { ApiDatabase, ApiDocuments } from '../adapters/api-database.ts';
import { createTokenAuthority, type TokenAuthority } from '../auth/tokens.ts';
import type { Environment } from '../env.ts';
import { startServer, type RunningServer } from '../server.ts';

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

/** An api in this process, on a free port. */
export interface TestServer extends RunningServer {
  environment: Environment;
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
  environment?: Partial<Environment>;
  pingEveryMs?: number;
}

function environmentOf(backing: Backing): Environment {
  return {
    databaseUrl: backing.database.databaseUrl,
    redisUrl: backing.redis.redisUrl,
    host: '127.0.0.1',
    port: 0,
    authSecret: AUTH_SECRET,
    authMode: 'dev',
    corsOrigins: [],
    signInCode: SIGN_IN_CODE,
    hasDemoTasks: true,
    uploads: { type: 'folder', directory: backing.uploadDirectory },
    maxUploadBytes: 1024 * 1024,
    uploadQuotaBytes: 1024 * 1024 * 1024,
    reactDirectory: join(backing.uploadDirectory, 'no-react'),
    vueDirectory: join(backing.uploadDirectory, 'no-vue'),
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
  const ping = options.pingEveryMs === undefined ? {} : { pingEveryMs: options.pingEveryMs };
  const server = await startServer({ environment, logger, detectMediaType: mediaTypeOf, ...ping });
  const authority = createTokenAuthority(environment.authSecret);
  const as = async (userId: string) => ({ authorization: `Bearer ${(await authority.issue(userId)).token}` });
  return {
    ...server,
    environment,
    authority,
    database: server.connections.database,
    documents: server.connections.documents,
    logs: () => lines.join(''),
    as,
    async client(userId) {
      const headers = userId === undefined ? {} : await as(userId);
      return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers })] });
    },
  };
}

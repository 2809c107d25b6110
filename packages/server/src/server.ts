import { createServer } from 'node:http';
import { checkEncoding, DatabaseEncodingError } from '@taskwire/db';
import { DocumentFinder } from '@taskwire/documents';
import { Closing, logRefusals, within } from '@taskwire/process-kit';
import { PING_INTERVAL_MS } from '@taskwire/router';
import { shippedTasks } from '@taskwire/tasks';
import { acceptedByAny, createTaskCatalog } from '@taskwire/tasks/next';
import { createUploadStorage, UploadStorageError, type UploadStorage } from '@taskwire/uploads';
import type { Logger } from 'pino';
import { boundedEvents, boundedQueue } from './adapters/bounded-ports.ts';
import { createDocumentStore } from './adapters/document-store.ts';
import { createProjectStore } from './adapters/project-store.ts';
import { countByKind, createSystemStatus } from './adapters/system-status.ts';
import { createTaskStore } from './adapters/task-store.ts';
import { createUploadStore } from './adapters/upload-store.ts';
import { SignInCode, newSignInCode, signInLink } from './auth/sign-in-code.ts';
import { createTokenAuthority } from './auth/tokens.ts';
import { CallGate } from './calls/call-gate.ts';
import { openConnections, type Connections } from './connections.ts';
import { createApp, type AppDependencies } from './create-app.ts';
import type { Environment } from './env.ts';
import { Gateway } from './streams/gateway/gateway.ts';
import { refuseConnect } from './http/requests/check-request.ts';
import { drainServer, listen, urlOf } from './http/listening.ts';
import { FleetMonitor } from './http/operations/fleet-figures.ts';
import { restarting, type Lifecycle } from './http/operations/health.ts';
import type { DetectMediaType } from './uploads/sniff-media-type.ts';

/** The longest (ms) that receiving one request may take: the largest upload over a slow line. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1_000;

/** Longest time (ms) that the start waits for PostgreSQL to say its encoding. */
const ENCODING_CHECK_MS = 2_000;

/** Longest time (ms) for closing the storage of uploads. */
const CLOSE_UPLOADS_MS = 1_000;
/** Longest time (ms) for the connections of callers to close once they are cut off. */
const CUT_OFF_MS = 1_000;
/** Longest time (ms) of closing in all, besides the time for running requests. */
export const CLOSE_DEADLINE_MS = 9_000;

export interface ServerSettings {
  environment: Environment;
  logger: Logger;
  /** Interval (ms) between the pings of a stream; 15,000 if absent. */
  pingEveryMs?: number;
  /** Knows the media types of some uploads; the others are recognised by their signatures. */
  detectMediaType?: DetectMediaType;
}

/** Serving → draining → stopped. */
export interface RunningServer {
  url: string;
  /** The page on which a person signs in by a name; absent unless AUTH_MODE=dev. */
  signInLink?: string;
  connections: Connections;
  /**
   * Stops in order, once: sends watchers away, lets running requests finish, closes all connections. A part that does not
   * close in time is left, and `unclosed` names it.
   */
  stop(): Promise<void>;
  readonly unclosed: readonly string[];
}

/**
 * Starts the api.
 * @throws the errors of listening and of the upload folder; DatabaseEncodingError if the database is not in UTF-8. Then
 * nothing stays open.
 */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  const { environment, logger } = settings;
  const storage = await openStorage(settings);
  const connections = openConnections(environment, logger);
  const lifecycle: Lifecycle = { draining: false };
  const gateway = createGateway(settings, connections);
  const signInCode = environment.signInCode ?? newSignInCode();
  const server = createServer(createApp(assemble(settings, { connections, gateway, lifecycle, signInCode, storage })));
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  refuseConnect(server);
  try {
    await refuseOtherEncodings(connections);
    await listen(server, environment);
  } catch (error) {
    gateway.close();
    await Promise.all([connections.close(new Closing(logger)), storage.close()]);
    throw error;
  }
  void logRefusals(connections, logger);
  const closing = new Closing(logger);
  const url = urlOf(server, environment.host);
  return {
    url,
    ...(environment.authMode === 'dev' ? { signInLink: signInLink(url, signInCode) } : {}),
    connections,
    get unclosed() {
      return closing.pending;
    },
    async stop() {
      lifecycle.draining = true;
      connections.eventLog.interrupt(restarting());
      const { drainMs } = environment;
      await closing.close('requests', drainMs + CUT_OFF_MS, drainServer(server, { drainMs, logger }));
      gateway.close();
      await closing.close('uploads', CLOSE_UPLOADS_MS, storage.close());
      await connections.close(closing);
    },
  };
}

/** If the storage of uploads is away, the start goes on. @throws UploadStorageError if it refuses. */
async function openStorage({ environment, logger }: ServerSettings): Promise<UploadStorage> {
  const storage = await createUploadStorage(environment.uploads);
  await storage.prepare().catch((err: unknown) => {
    if (!(err instanceof UploadStorageError) || err.reason !== 'unavailable') throw err;
    logger.warn({ err }, 'uploads are refused until their storage is back');
  });
  return storage;
}

/** If PostgreSQL is away, the start goes on, and readiness names the fault. */
async function refuseOtherEncodings({ database }: Pick<Connections, 'database'>): Promise<void> {
  const away = () => new Error('PostgreSQL does not answer');
  await within(ENCODING_CHECK_MS, checkEncoding(database), away).catch((error: unknown) => {
    if (error instanceof DatabaseEncodingError) throw error;
  });
}

function createGateway({ environment, pingEveryMs }: ServerSettings, { eventLog }: Connections): Gateway {
  return new Gateway({
    eventLog,
    most: {
      perUser: environment.streamsPerUser,
      perProcess: environment.streamsPerProcess,
      filtersPerTopic: environment.streamFiltersPerTopic,
    },
    userBufferBytes: environment.streamUserBufferBytes,
    connection: {
      bufferBytes: environment.streamBufferBytes,
      stallMs: environment.streamStallMs,
      lifetimeMs: environment.streamLifetimeMs,
    },
    pingEveryMs: pingEveryMs ?? PING_INTERVAL_MS,
  });
}

/** Parts of one run of the server. */
interface Running {
  connections: Connections;
  gateway: Gateway;
  lifecycle: Lifecycle;
  signInCode: string;
  storage: UploadStorage;
}

function assemble(
  { environment, logger, detectMediaType }: ServerSettings,
  { connections, gateway, lifecycle, signInCode, storage }: Running,
): AppDependencies {
  const { database, documents, eventLog, queue, dependencies } = connections;
  const catalog = createTaskCatalog(shippedTasks);
  const uploads = createUploadStore(database, {
    storage,
    quotaBytes: environment.uploadQuotaBytes,
  });
  return {
    ports: {
      catalog,
      tasks: createTaskStore(database, connections.withdrawals),
      projects: createProjectStore(database),
      documents: new DocumentFinder(documents),
      documentStore: createDocumentStore({ database, documents }),
      uploads,
      events: boundedEvents(eventLog),
      queue: boundedQueue(queue),
      system: createSystemStatus(database, queue),
      hasDemoTasks: environment.hasDemoTasks,
      faults: { report: (fault, details) => logger.warn(details, fault) },
    },
    authority: createTokenAuthority(environment.authSecret),
    authMode: environment.authMode,
    corsOrigins: environment.corsOrigins,
    signInCode: new SignInCode(signInCode),
    uploads: {
      storage,
      maxBytes: environment.maxUploadBytes,
      acceptedMediaTypes: acceptedByAny(catalog.uploadRules),
      ...(detectMediaType === undefined ? {} : { detectMediaType }),
      record: (upload) => uploads.add(upload),
      checkQuota: (ownerId, sizeBytes) => uploads.checkQuota(ownerId, sizeBytes),
    },
    webApps: { react: environment.reactDirectory, vue: environment.vueDirectory },
    dependencies,
    lifecycle,
    logger,
    gateway,
    calls: new CallGate(
      { perUser: environment.callsPerUser, perProcess: environment.callsPerProcess },
      { streams: gateway.limits, mostPolls: environment.streamsPerUser },
    ),
    eventLog: eventLog.statistics,
    fleet: new FleetMonitor({
      workers: () => queue.workers(),
      unfinishedByKind: () => countByKind(database, {}),
    }),
    trpcGateway: environment.streamGateway,
  };
}

import { checkEncoding, DatabaseEncodingError } from '@taskwire/db';
import { Closing, logRefusals, within } from '@taskwire/process-kit';
import { PING_INTERVAL_MS, type Context } from '@taskwire/router';
import { acceptedByAny, type TaskCatalog } from '@taskwire/tasks';
import type { AnyTRPCRouter } from '@trpc/server';
import { createUploadStorage, UploadStorageError, type UploadStorage } from '@taskwire/uploads';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { boundedEvents, boundedQueue } from './adapters/bounded-ports.ts';
import { createProjectStore } from './adapters/project-store.ts';
import { countByKind, createSystemStatus } from './adapters/system-status.ts';
import { createTaskStore } from './adapters/task-store.ts';
import { createUploadStore } from './adapters/upload-store.ts';
import type { Authenticator } from './auth/authenticate.ts';
import { SignInCode } from './auth/sign-in-code.ts';
import type { TokenAuthority } from './auth/tokens.ts';
import { CallGate } from './calls/call-gate.ts';
import { openConnections, type Connections } from './connections.ts';
import { createApp, createNestedContext, type AppDependencies } from './create-app.ts';
import type { Environment } from './env.ts';
import { FleetMonitor } from './http/operations/fleet-figures.ts';
import { restarting, type Lifecycle } from './http/operations/health.ts';
import type { WebApp } from './http/pages/web-app.ts';
import type { OwnRoutes } from './routes.ts';
import { Gateway } from './streams/gateway/gateway.ts';
import type { DetectMediaType } from './uploads/sniff-media-type.ts';

/** Longest time (ms) that the start waits for PostgreSQL to say its encoding. */
const ENCODING_CHECK_MS = 2_000;
/** Longest time (ms) that the end waits for the checks of the start. */
const CHECKS_MS = 1_000;
/** Longest time (ms) for closing the storage of uploads. */
const CLOSE_UPLOADS_MS = 1_000;

/** Everything that a server is made of, before it opens a connection. */
export interface CoreSettings {
  environment: Environment;
  logger: Logger;
  catalog: TaskCatalog;
  /** The router of the same kinds. */
  router: AnyTRPCRouter;
  authenticator: Authenticator;
  /** Makes the tokens of people who sign in by a name; absent: nobody can. */
  tokens?: TokenAuthority | undefined;
  signInCode: string;
  routes: OwnRoutes;
  webApps: readonly WebApp[];
  /** Knows the media types of some uploads; the others are recognised by their signatures. */
  detectMediaType?: DetectMediaType | undefined;
  /** Interval (ms) between the pings of a stream; 15,000 if absent. */
  pingEveryMs?: number | undefined;
}

/** An open server, without a port: serving → draining → closed. */
export interface Core {
  /** Answers each request that it gets. */
  answer: RequestListener;
  /** The context of a call that another tRPC router answers. */
  createContext(request: IncomingMessage): Promise<Context>;
  connections: Connections;
  /** Sends watchers away. New calls are still answered. */
  drain(): void;
  /** Closes everything, each part within its time. A part that is late stays pending in `closing`. */
  close(closing: Closing): Promise<void>;
}

/**
 * Opens the connections of a server. PostgreSQL, Redis and the storage of uploads may be away.
 * @throws UploadStorageError if the storage refuses; DatabaseEncodingError if the database is not in UTF-8; the error of
 * making an own route. Then nothing stays open.
 */
export async function openCore(settings: CoreSettings): Promise<Core> {
  const { environment, logger } = settings;
  const storage = await openStorage(settings);
  const connections = openConnections({ ...environment, catalog: settings.catalog }, logger);
  const lifecycle: Lifecycle = { draining: false };
  const gateway = createGateway(settings, connections);
  let checked = Promise.resolve();
  const close = async (closing: Closing) => {
    gateway.close();
    // A check that connects while its connections are closed would open them again.
    await closing.close('checks of the start', CHECKS_MS, checked);
    await closing.close('uploads', CLOSE_UPLOADS_MS, storage.close());
    await connections.close(closing);
  };
  try {
    await refuseOtherEncodings(connections);
    const dependencies = assemble(settings, { connections, gateway, lifecycle, storage });
    const answer = createApp(dependencies);
    checked = logRefusals(connections, logger);
    return {
      answer,
      createContext: createNestedContext(dependencies),
      connections,
      drain() {
        lifecycle.draining = true;
        connections.eventLog.interrupt(restarting());
      },
      close,
    };
  } catch (error) {
    await close(new Closing(logger));
    throw error;
  }
}

/** If the storage of uploads is away, the start goes on. @throws UploadStorageError if it refuses. */
async function openStorage({ environment, logger }: CoreSettings): Promise<UploadStorage> {
  const storage = await createUploadStorage(environment.uploads);
  await storage.prepare().catch(async (err: unknown) => {
    if (!(err instanceof UploadStorageError) || err.reason !== 'unavailable') {
      await storage.close();
      throw err;
    }
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

function createGateway({ environment, pingEveryMs }: CoreSettings, { eventLog }: Connections): Gateway {
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
  storage: UploadStorage;
}

function assemble(settings: CoreSettings, { connections, gateway, lifecycle, storage }: Running): AppDependencies {
  const { environment, logger, catalog, detectMediaType } = settings;
  const { database, eventLog, queue, dependencies } = connections;
  const uploads = createUploadStore(database, {
    storage,
    quotaBytes: environment.uploadQuotaBytes,
  });
  return {
    ports: {
      catalog,
      tasks: createTaskStore(database, connections.withdrawals),
      projects: createProjectStore(database),
      uploads,
      events: boundedEvents(eventLog),
      queue: boundedQueue(queue),
      system: createSystemStatus(database, queue),
      hasDemoTasks: environment.hasDemoTasks,
      inTurn: (work) => work(),
      faults: { report: (fault, details) => logger.warn(details, fault) },
    },
    router: settings.router,
    authenticator: settings.authenticator,
    ...(settings.tokens === undefined
      ? {}
      : { signIn: { tokens: settings.tokens, code: new SignInCode(settings.signInCode) } }),
    corsOrigins: environment.corsOrigins,
    uploads: {
      storage,
      maxBytes: environment.maxUploadBytes,
      acceptedMediaTypes: acceptedByAny(catalog.uploadRules),
      ...(detectMediaType === undefined ? {} : { detectMediaType }),
      record: (upload) => uploads.add(upload),
      checkQuota: (ownerId, sizeBytes) => uploads.checkQuota(ownerId, sizeBytes),
    },
    routes: settings.routes,
    webApps: settings.webApps,
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

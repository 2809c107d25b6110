import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLogger, stopOnSignal } from '@taskwire/process-kit';
import {
  createAppRouter,
  type AppRouter,
  type Caller,
  type Context,
  type NoProcedures,
  type OwnProcedures,
} from '@taskwire/router';
import { createTaskCatalog, type TaskList } from '@taskwire/tasks';
import type { Logger } from 'pino';
import { createAuthenticator, type Authenticate } from './auth/authenticate.ts';
import { NO_TOKEN, bearer, isBearer } from './auth/bearer.ts';
import { newSignInCode } from './auth/sign-in-code.ts';
import { readSettings } from './env.ts';
import type { WebApp } from './http/pages/web-app.ts';
import type { SettingOptions } from './options.ts';
import type { OwnRoutes } from './routes.ts';
import { CLOSE_DEADLINE_MS, RunningServer } from './running-server.ts';
import type { DetectMediaType } from './uploads/sniff-media-type.ts';

/** Options of a server. Each setting may also come from the environment (`.env` of the process): options win. */
export interface TaskwireServerOptions<
  Tasks extends TaskList,
  Procedures extends OwnProcedures,
> extends SettingOptions {
  /** The kinds that can be created. */
  tasks: Tasks;
  /** Says who sends a request; `bearer()` if absent. */
  authenticate?: Authenticate | undefined;
  /** Own tRPC procedures, made of `callerProcedure` (`@taskwire/router`). */
  procedures?: Procedures | undefined;
  /** Own routes beside Taskwire's. */
  routes?: OwnRoutes | undefined;
  /** Folders of built pages, and the paths where they are shown. */
  webApps?: readonly WebApp[] | undefined;
  /** Knows the media types of some uploads; the others are recognised by their signatures. */
  detectMediaType?: DetectMediaType | undefined;
  /** Called once when the server closes, even if it never started: closes what own procedures and routes have opened. */
  onClose?: (() => Promise<void>) | undefined;
  /** Log of the server; JSON lines on standard output if absent. */
  logger?: Logger | undefined;
}

/** Options of listening. */
export interface ListenOptions {
  /**
   * Whether the process is the server's own: SIGTERM and SIGINT then end it in order. True if absent. With false, the caller
   * closes the server: in tests, and in a process with work of its own.
   */
  signals?: boolean;
}

/** A Taskwire server. It opens no connection before `start`, `listen` or the first request. */
export interface TaskwireServer<Tasks extends TaskList, Procedures extends OwnProcedures> {
  /** Every procedure. It may stand in another tRPC router, whose context then has what `createContext` answers. */
  readonly router: AppRouter<Tasks, Procedures>;
  /**
   * Answers requests: `createServer(taskwire.handler)`, or `app.use('/taskwire', taskwire.handler)` in Express and others,
   * at any path. It calls `next` for paths that are not Taskwire's.
   */
  readonly handler: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  /** The context of a call, for another tRPC router: `createContext: async ({ req }) => ({ ...(await taskwire.createContext({ req })), … })`. */
  readonly createContext: (options: { req: IncomingMessage }) => Promise<Context>;
  /** The caller of a request, for an app's own routes. @throws TaskwireError UNAUTHENTICATED. */
  readonly requireCaller: (request: IncomingMessage) => Promise<Caller>;
  /** Opens the connections, so that the first request need not wait. @throws StartError. */
  readonly start: () => Promise<void>;
  /**
   * Listens to the port of the settings.
   * @returns the URL.
   * @throws StartError; then no connection stays open. Error if it listens already.
   */
  readonly listen: (options?: ListenOptions) => Promise<string>;
  /** Sends watchers away, lets running requests finish, and closes everything. */
  readonly close: () => Promise<void>;
  /** The URL that `listen` has answered. */
  readonly url: string | undefined;
}

/**
 * Makes a server of tasks.
 * @throws EnvironmentError naming every bad option and variable; Error if two tasks have one kind, or for a path of `routes` or
 * `webApps` that is none.
 */
export function createTaskwireServer<const Tasks extends TaskList, Procedures extends OwnProcedures = NoProcedures>(
  options: TaskwireServerOptions<Tasks, Procedures>,
): TaskwireServer<Tasks, Procedures> {
  const { tasks, procedures, authenticate: given } = options;
  const environment = readSettings({ options, needsSecret: given === undefined });
  const logger = options.logger ?? createLogger({ service: 'api', level: environment.logLevel });
  const authenticate = given ?? bearer({ secret: environment.authSecret });
  const tokens = isBearer(authenticate) ? authenticate.tokens : undefined;
  const authenticator = createAuthenticator(authenticate, {
    usesCookies: tokens === undefined,
    signInHint: tokens === undefined ? 'sign in first' : NO_TOKEN,
  });
  const router = createAppRouter<Tasks, Procedures>(procedures === undefined ? { tasks } : { tasks, procedures });
  const server = new RunningServer({
    environment,
    logger,
    catalog: createTaskCatalog<TaskList>(tasks),
    router,
    authenticator,
    tokens: environment.authMode === 'dev' ? tokens : undefined,
    signInCode: environment.signInCode ?? newSignInCode(),
    routes: options.routes ?? {},
    webApps: options.webApps ?? [],
    detectMediaType: options.detectMediaType,
    onClose: options.onClose,
  });
  return {
    router,
    handler: (request, response, next) => server.handle(request, response, next),
    createContext: ({ req }) => server.createContext(req),
    requireCaller: authenticator.requireCaller,
    async start() {
      await server.start();
    },
    async listen({ signals = true } = {}) {
      const url = await server.listen();
      logger.info({ url }, 'listening');
      // The operator knows a code from the environment, so it stays out of the log.
      if (environment.signInCode === undefined && server.signInLink !== undefined) {
        logger.info(
          { signInLink: server.signInLink },
          'sign in by a name at this link; it is good until the api stops',
        );
      }
      const deadlineMs = environment.drainMs + CLOSE_DEADLINE_MS;
      if (signals) stopOnSignal(server, { service: 'api', deadlineMs, logger });
      return url;
    },
    close: () => server.close(),
    get url() {
      return server.url;
    },
  };
}

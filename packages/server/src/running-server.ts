import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Closing } from '@taskwire/process-kit';
import { TaskwireError } from '@taskwire/protocol';
import type { Context } from '@taskwire/router';
import { signInLink } from './auth/sign-in-code.ts';
import { openCore, type Core, type CoreSettings } from './core.ts';
import { errorBody } from './http/answers/error-body.ts';
import { drainServer, listen, urlOf } from './http/listening.ts';
import { OpenAnswers } from './http/open-answers.ts';
import { isOwnPath, ownPathsOf } from './http/own-paths.ts';
import { refuseConnect } from './http/requests/check-request.ts';
import { StartError } from './start-failure.ts';

/** The longest (ms) that receiving one request may take: the largest upload over a slow line. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1_000;
/** Longest time (ms) for the connections of callers to close once they are cut off. */
const CUT_OFF_MS = 1_000;
/** Longest time (ms) of closing in all, besides the time for running requests. */
export const CLOSE_DEADLINE_MS = 11_000;

/**
 * A server from its first use to its end.
 *
 * - idle: nothing is open.
 * - starting: by `start`, `listen`, or the first request. A failed start → idle.
 * - serving: at a port of its own, in another server, or both.
 * - closing: watchers are sent away, running requests finish. Then → closed.
 * - closed: every request is refused.
 */
export class RunningServer {
  readonly #settings: CoreSettings;
  readonly #ownPaths: readonly string[];
  readonly #closing: Closing;
  readonly #answers = new OpenAnswers();
  #starting: Promise<Core> | undefined;
  #core: Core | undefined;
  #server: Server | undefined;
  #url: string | undefined;
  #closed: Promise<void> | undefined;

  constructor(settings: CoreSettings) {
    this.#settings = settings;
    this.#closing = new Closing(settings.logger);
    this.#ownPaths = ownPathsOf([...Object.keys(settings.routes), ...settings.webApps.map(({ path }) => path)]);
  }

  /** The address that `listen` has answered. */
  get url(): string | undefined {
    return this.#url;
  }

  /** The page on which a person signs in by a name; undefined if nobody can, or before `listen`. */
  get signInLink(): string | undefined {
    const { tokens, signInCode } = this.#settings;
    return tokens === undefined || this.#url === undefined ? undefined : signInLink(this.#url, signInCode);
  }

  /** Names of the parts that did not close in time. */
  get unclosed(): readonly string[] {
    return this.#closing.pending;
  }

  /** Opens all connections. May be repeated. @throws StartError; then nothing stays open. */
  start(): Promise<Core> {
    this.#starting ??= this.#open();
    return this.#starting;
  }

  async #open(): Promise<Core> {
    const { environment } = this.#settings;
    try {
      if (this.#closed !== undefined) throw new Error('the server is closed');
      this.#core = await openCore(this.#settings);
      return this.#core;
    } catch (error) {
      this.#starting = undefined;
      throw new StartError(error, environment);
    }
  }

  /** Listens to its own port. @throws StartError; then nothing stays open. */
  async listen(): Promise<string> {
    if (this.#server !== undefined) throw new Error('the server listens already');
    const { environment } = this.#settings;
    const { answer } = await this.start();
    const server = createServer(answer);
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    refuseConnect(server);
    this.#server = server;
    try {
      await listen(server, environment);
    } catch (error) {
      this.#server = undefined;
      await this.close();
      throw new StartError(error, environment);
    }
    this.#url = urlOf(server, environment.host);
    return this.#url;
  }

  /** Answers a request of another server, or leaves it to `next` if its path is not Taskwire's. */
  handle(request: IncomingMessage, response: ServerResponse, next?: () => void): void {
    if (next !== undefined && !isOwnPath(request.url ?? '', this.#ownPaths)) return next();
    this.#answers.add(response);
    if (this.#closed !== undefined && this.#core === undefined) return refuse(response, stopping());
    if (this.#core !== undefined) return this.#core.answer(request, response);
    this.start().then(
      ({ answer }) => answer(request, response),
      (err: unknown) => {
        this.#settings.logger.error({ err }, 'the server could not start');
        refuse(response, new TaskwireError('SERVICE_UNAVAILABLE', 'the server could not start; try again later'));
      },
    );
  }

  /** The context of a call that another tRPC router answers. @throws TaskwireError SERVICE_UNAVAILABLE once it is closed. */
  async createContext(request: IncomingMessage): Promise<Context> {
    if (this.#closed !== undefined) throw stopping();
    return (await this.start()).createContext(request);
  }

  /** The same under the name of a process that stops. */
  stop(): Promise<void> {
    return this.close();
  }

  /** Stops in order, once. A part that does not close in time is left, and `unclosed` names it. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const core = await this.#starting?.catch(() => undefined);
    if (core === undefined) return;
    core.drain();
    const { environment, logger } = this.#settings;
    const { drainMs } = environment;
    const ended = this.#server === undefined ? [] : [drainServer(this.#server, { drainMs, logger })];
    const drained = Promise.all([...ended, this.#answers.ended(drainMs)]);
    await this.#closing.close('requests', drainMs + CUT_OFF_MS, drained);
    this.#core = undefined;
    await core.close(this.#closing);
  }
}

function stopping(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the server is stopping; come back in a moment');
}

function refuse(response: ServerResponse, error: TaskwireError): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(error.status, { 'Content-Type': 'application/json', 'Retry-After': '5', Connection: 'close' });
  response.end(JSON.stringify(errorBody(error)));
}

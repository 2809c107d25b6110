import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
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
/** Longest time (ms) for closing what a team has opened. */
const CLOSE_OWN_MS = 2_000;
/** Longest time (ms) of closing in all, besides the time for running requests. */
export const CLOSE_DEADLINE_MS = 11_000;

export interface RunningServerSettings extends CoreSettings {
  /** Closes what the team has opened for its own procedures and routes. Called once, whether or not the server started. */
  onClose?: (() => Promise<void>) | undefined;
}

/**
 * A server from its first use to its end.
 *
 * - idle: nothing is open.
 * - starting: by `start`, `listen`, or the first request. A failed start → idle.
 * - serving: at a port of its own, in another server, or both.
 * - closing: watchers are sent away, running requests finish; requests of another server are refused. Then → closed.
 * - closed: every request is refused, and it cannot be started again.
 */
export class RunningServer {
  readonly #settings: RunningServerSettings;
  readonly #ownPaths: readonly string[];
  readonly #closing: Closing;
  readonly #answers = new OpenAnswers();
  #starting: Promise<Core> | undefined;
  #isListening = false;
  #core: Core | undefined;
  #server: Server | undefined;
  #url: string | undefined;
  #closed: Promise<void> | undefined;

  constructor(settings: RunningServerSettings) {
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

  /** Opens all connections. May be repeated. @throws StartError; then no connection stays open. */
  async start(): Promise<Core> {
    if (this.#isClosed()) throw this.#closedError();
    this.#starting ??= this.#open();
    return this.#starting;
  }

  async #open(): Promise<Core> {
    try {
      this.#core = await openCore(this.#settings);
      return this.#core;
    } catch (error) {
      this.#starting = undefined;
      throw new StartError(error, this.#settings.environment);
    }
  }

  #closedError(): StartError {
    return new StartError(new Error('the server is closed'), this.#settings.environment);
  }

  /**
   * Listens to its own port.
   * @throws StartError; then no connection stays open, and if the port is the reason, the server is closed. Error if it
   * listens already.
   */
  async listen(): Promise<string> {
    if (this.#isClosed()) throw this.#closedError();
    if (this.#isListening) throw new Error('the server listens already');
    this.#isListening = true;
    try {
      const { answer } = await this.start();
      this.#url = await this.#listenWith(answer);
      return this.#url;
    } catch (error) {
      this.#isListening = false;
      throw error;
    }
  }

  async #listenWith(answer: RequestListener): Promise<string> {
    if (this.#isClosed()) throw this.#closedError();
    const { environment } = this.#settings;
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
    if (!this.#isClosed()) return urlOf(server, environment.host);
    // `close` could not close a server that did not listen yet.
    server.close();
    throw this.#closedError();
  }

  /** Answers a request of another server, or leaves it to `next` if its path is not Taskwire's. */
  handle(request: IncomingMessage, response: ServerResponse, next?: () => void): void {
    if (next !== undefined && !isOwnPath(request.url ?? '', this.#ownPaths)) return next();
    // An answer whose client has left never closes again.
    if (response.destroyed) return;
    if (this.#isClosed()) return refuse(response, stopping());
    this.#answers.add(response);
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
    if (this.#isClosed()) throw stopping();
    return (await this.start()).createContext(request);
  }

  /** Asked again after each wait. */
  #isClosed(): boolean {
    return this.#closed !== undefined;
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
    if (core !== undefined) await this.#drain(core);
    this.#core = undefined;
    const { onClose } = this.#settings;
    if (onClose !== undefined)
      await this.#closing.close('own resources', CLOSE_OWN_MS, Promise.resolve().then(onClose));
    await core?.close(this.#closing);
  }

  async #drain(core: Core): Promise<void> {
    core.drain();
    const { environment, logger } = this.#settings;
    const { drainMs } = environment;
    const ended = this.#server === undefined ? [] : [drainServer(this.#server, { drainMs, logger })];
    const drained = Promise.all([...ended, this.#answers.ended(drainMs)]);
    await this.#closing.close('requests', drainMs + CUT_OFF_MS, drained);
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

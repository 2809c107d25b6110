import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_CODES, type ErrorCode } from '@taskwire/protocol';
import { createAppRouter, router, type Context } from '@taskwire/router';
import type { TaskList } from '@taskwire/tasks';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { MemoryPorts, testRouter } from '@taskwire/router/testing';
import type { AnyTRPCRouter } from '@trpc/server';
import { isRecord } from '../transport/shapes.ts';
import { answerRest, sendJson } from './fake-rest.ts';

const STREAM = /^\/trpc\/(?:taskwire\.)?(?:task\.onProgress|task\.onAny|project\.onProgress)/;

export interface FakeServerOptions {
  /** The kinds of the server; absent: those of this repository. */
  tasks?: TaskList;
  /** Whether the server's router has Taskwire's as `taskwire`. */
  isNested?: boolean;
}

/** The procedures of a fake server, and their ports. */
export interface FakeApi<TestPorts extends MemoryPorts> {
  ports: TestPorts;
  router: AnyTRPCRouter;
}

/**
 * A Taskwire server for tests: the real router over HTTP on a free port of loopback, with ports in memory. Tests can make
 * it misbehave.
 */
export class FakeServer<TestPorts extends MemoryPorts = MemoryPorts> {
  readonly ports: TestPorts;
  /** `Authorization` headers of the requested streams, in order. */
  readonly streamCredentials: (string | undefined)[] = [];
  /** `lastEventId` of the requested streams, in order. */
  readonly streamCursors: (string | undefined)[] = [];
  /** Set by a test: error code of an HTTP answer that refuses streams before tRPC sees them. */
  streamRefusal: ErrorCode | undefined;
  /** Set by a test: answers each request, as a proxy does while the server is away. */
  answerForeign: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** Requests that `answerForeign` took, as `GET /path`. */
  readonly foreignRequests: string[] = [];
  /** Set by a test: body of every stream. */
  streamBody: string | undefined;
  readonly #users = new Map<string, string>();
  readonly #streams = new Set<ServerResponse>();
  readonly #server: Server;
  #tokensIssued = 0;

  private constructor({ ports, router: procedures }: FakeApi<TestPorts>) {
    this.ports = ports;
    const answerTrpc = createHTTPHandler({
      router: procedures,
      basePath: '/trpc/',
      createContext: ({ req }) => this.#context(req),
    });
    this.#server = createServer((request, response) => {
      void this.#answer(request, response, () => answerTrpc(request, response));
    });
  }

  /** Starts one with the tests' kinds, or others; `close` it when the test is over. */
  static async start({ tasks, isNested = false }: FakeServerOptions = {}): Promise<FakeServer> {
    const procedures = tasks === undefined ? testRouter : createAppRouter({ tasks });
    const nested = isNested ? router({ taskwire: procedures }) : procedures;
    return FakeServer.startWith({ ports: new MemoryPorts(tasks), router: nested });
  }

  /** Starts one with other procedures. */
  static async startWith<TestPorts extends MemoryPorts>(api: FakeApi<TestPorts>): Promise<FakeServer<TestPorts>> {
    const server = new FakeServer(api);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake server is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Number of open streams. */
  get openStreams(): number {
    return this.#streams.size;
  }

  /** Makes a token for a user and accepts it until it is revoked. */
  issueToken(userId: string): string {
    this.#tokensIssued += 1;
    const token = `token-${this.#tokensIssued}-of-${userId}`;
    this.#users.set(token, userId);
    return token;
  }

  revokeToken(token: string): void {
    this.#users.delete(token);
  }

  /** Cuts each open stream, as a crash does. */
  cutStreams(): void {
    for (const response of this.#streams) response.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, answerTrpc: () => void): Promise<void> {
    if (this.answerForeign !== undefined) {
      this.foreignRequests.push(`${request.method} ${request.url?.split('?')[0]}`);
      return this.answerForeign(request, response);
    }
    if (STREAM.test(request.url ?? '')) return this.#answerStream(request, response, answerTrpc);
    if (request.url?.startsWith('/trpc/') === true) return answerTrpc();
    const context = {
      ports: this.ports,
      userOf: (asked: IncomingMessage) => this.#userOf(asked),
      issueToken: (userId: string) => this.issueToken(userId),
    };
    if (!(await answerRest(request, response, context))) response.writeHead(404).end();
  }

  #answerStream(request: IncomingMessage, response: ServerResponse, answerTrpc: () => void): void {
    this.streamCredentials.push(request.headers.authorization);
    this.streamCursors.push(cursorOf(request));
    if (this.streamRefusal !== undefined) {
      const code = this.streamRefusal;
      return sendJson(response, ERROR_CODES[code].status, { error: { code, message: 'refused', fields: [] } });
    }
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    if (this.streamBody === undefined) return answerTrpc();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(this.streamBody);
  }

  #context(request: IncomingMessage): Context {
    const userId = this.#userOf(request);
    if (userId !== undefined) return { taskwire: { ports: this.ports, caller: { userId } } };
    const { authorization } = request.headers;
    const refusal = authorization === undefined ? {} : { refused: 'the token is not valid' };
    return { taskwire: { ports: this.ports, ...refusal } };
  }

  #userOf(request: IncomingMessage): string | undefined {
    return this.#users.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
  }
}

function cursorOf(request: IncomingMessage): string | undefined {
  const input = new URL(request.url ?? '/', 'http://localhost').searchParams.get('input');
  const parsed: unknown = JSON.parse(input ?? '{}');
  const cursor = isRecord(parsed) ? parsed['lastEventId'] : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}

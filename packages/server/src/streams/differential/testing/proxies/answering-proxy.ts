import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** Answers in place of the server. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP proxy that can answer for itself: passing → answering → passing. */
export interface AnsweringProxy {
  url: string;
  /** Requests that it answered itself. */
  readonly answered: number;
  /** Cuts all connections, and answers every request itself from then on. */
  answer(answer: Answer): void;
  /** Passes every request on again. */
  pass(): void;
  close(): Promise<void>;
}

/** Starts one in front of a server, on a free port of loopback. */
export async function startAnsweringProxy(targetUrl: string): Promise<AnsweringProxy> {
  const target = new URL(targetUrl);
  let own: Answer | undefined;
  let answered = 0;
  const server = createServer((request, response) => {
    if (own === undefined) return forward(target, request, response);
    answered += 1;
    own(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = portOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    get answered() {
      return answered;
    },
    answer(answer) {
      own = answer;
      server.closeAllConnections();
    },
    pass() {
      own = undefined;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function forward({ hostname, port }: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request;
  const outgoing = httpRequest({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

import { connect, type Socket } from 'node:net';
import { headersOf, urlOf, type Ask } from '../scenarios/ask.ts';

/** A connection whose every byte is the test's: it can stop reading, and speak an old HTTP. Destroy it. */
export class RawSocket {
  readonly #socket: Socket;
  readonly #received: string[] = [];
  #closed = false;

  constructor(serverUrl: string) {
    const { hostname, port } = new URL(serverUrl);
    this.#socket = connect(Number(port), hostname);
    this.#socket.setEncoding('utf8').on('data', (chunk: string) => this.#received.push(chunk));
    this.#socket.on('error', () => undefined).on('close', () => (this.#closed = true));
  }

  /** Sends a GET. `version` is that of HTTP. */
  ask(serverUrl: string, ask: Ask, { token, version }: { token: string; version: '1.0' | '1.1' }): void {
    const { pathname, search, host } = new URL(urlOf(serverUrl, ask));
    const headers = Object.entries({ host, ...headersOf(ask, { authorization: token }) });
    const lines = [`GET ${pathname}${search} HTTP/${version}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  /** Everything received, heads and chunk sizes included. */
  get received(): string {
    return this.#received.join('');
  }

  /** Whether the server has closed the connection. */
  get closed(): boolean {
    return this.#closed;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** Head and body of an answer whose body ends with its connection. */
export function splitAnswer(received: string): { head: string[]; body: string } {
  const end = received.indexOf('\r\n\r\n');
  const head = received.slice(0, end).split('\r\n');
  const fixed = head.filter((line) => !/^(date|x-request-id):/i.test(line)).map((line) => line.toLowerCase());
  return { head: fixed.sort(), body: received.slice(end + 4) };
}

import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { ProxyLink } from './proxy-link.ts';

/** A fault that holds until it is ended. Its identity is the object. */
type Fault = object;

/**
 * A port in front of one or more others, which fails as a network does. With several targets it is a load balancer: each
 * connection goes to the next target that answers.
 *
 * Open → closed. While it is open, faults come and go, and several may hold at once:
 * refusing (every connection is cut) · answering (it speaks in place of the targets) · stalled (nothing passes).
 */
export class TcpProxy {
  readonly #targets: readonly number[];
  readonly #server: Server;
  readonly #links = new Set<ProxyLink>();
  readonly #refusals = new Set<Fault>();
  readonly #stalls = new Set<Fault>();
  readonly #answers = new Set<Fault & { words: string }>();
  #turn = 0;
  #refused = 0;

  private constructor(targets: readonly number[]) {
    this.#targets = targets;
    this.#server = createServer({ allowHalfOpen: false }, (client) => void this.#serve(client));
  }

  /** Opens a proxy on a free port of 127.0.0.1. @param targets Ports of 127.0.0.1. */
  static async open(targets: readonly number[]): Promise<TcpProxy> {
    const proxy = new TcpProxy(targets);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** Opens a proxy before a server of this machine. @param url Address of the server; `urlOf` gives the proxy's. */
  static openBefore(url: string): Promise<TcpProxy> {
    return TcpProxy.open([Number(new URL(url).port)]);
  }

  /** The address of a server as it is reached through this proxy: login, path and query stay. */
  urlOf(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(this.port);
    return through.href;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed');
    return address.port;
  }

  /** Number of connections through it. */
  get connections(): number {
    return this.#links.size;
  }

  /** Number of connections that were refused since the last `refuse`. */
  get refused(): number {
    return this.#refused;
  }

  /** Ends every connection. A client that has said nothing yet keeps its connection until it has. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** Ends every connection at once. */
  clear(): void {
    for (const link of this.#links) link.destroy();
  }

  /** Cuts every connection, and each new one. @returns ends this fault; connections pass again once all have ended. */
  refuse(): () => void {
    const fault = {};
    this.#refusals.add(fault);
    this.#refused = 0;
    this.cut();
    return () => void this.#refusals.delete(fault);
  }

  /**
   * Cuts every connection, and answers each new one itself: to anything a client says, these words, then the end.
   * @returns ends this fault. Of several answers, the latest holds.
   */
  answer(words: string): () => void {
    const fault = { words };
    this.#answers.add(fault);
    this.cut();
    return () => void this.#answers.delete(fault);
  }

  /** Lets nothing through, on connections old and new. @returns ends this fault; the held bytes then pass. */
  stall(): () => void {
    const fault = {};
    this.#stalls.add(fault);
    for (const link of this.#links) link.stall();
    return () => {
      if (this.#stalls.delete(fault) && this.#stalls.size === 0) this.#resume();
    };
  }

  /** Lets nothing more through on the connections of now, as when a host loses its power. New ones pass. */
  silence(): void {
    for (const link of this.#links) link.stall();
  }

  /** Ends every fault. */
  restore(): void {
    this.#refusals.clear();
    this.#answers.clear();
    this.#stalls.clear();
    this.#resume();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.clear();
    await closed;
  }

  async #serve(client: Socket): Promise<void> {
    const link = new ProxyLink(client, this.#stalls.size > 0);
    client.setNoDelay(true);
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
    if (this.#refusals.size > 0) return this.#refuseOne(link);
    const answer = [...this.#answers].at(-1);
    if (answer !== undefined) return link.answer(answer.words);
    const server = await this.#reach();
    if (server === undefined) return link.cut();
    server.setNoDelay(true);
    link.join(server);
    if (this.#refusals.size > 0 || this.#answers.size > 0) link.cut();
  }

  #refuseOne(link: ProxyLink): void {
    this.#refused += 1;
    link.cut();
  }

  #resume(): void {
    for (const link of this.#links) link.resume();
  }

  /** Connects to the first target that answers, beginning with the one whose turn it is. */
  async #reach(): Promise<Socket | undefined> {
    this.#turn += 1;
    for (let step = 0; step < this.#targets.length; step += 1) {
      const port = this.#targets[(this.#turn + step) % this.#targets.length];
      if (port === undefined) continue;
      const socket = await tryToConnect(port);
      if (socket !== undefined) return socket;
    }
    return undefined;
  }
}

function tryToConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

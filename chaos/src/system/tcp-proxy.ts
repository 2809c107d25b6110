import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { ProxyLink } from './proxy-link.ts';

/**
 * A port in front of one or more others, whose connections can be cut, stalled, and answered for. With several targets it is a load
 * balancer: each connection goes to the next one that answers. Open → closed.
 */
export class TcpProxy {
  readonly #targets: readonly number[];
  readonly #server: Server;
  readonly #links = new Set<ProxyLink>();
  #turn = 0;
  #refusals = 0;
  #stalls = 0;
  readonly #answers: string[] = [];

  private constructor(targets: readonly number[]) {
    this.#targets = targets;
    this.#server = createServer({ allowHalfOpen: false }, (client) => void this.#serve(client));
  }

  /** Opens a proxy on a free port of 127.0.0.1. @param targets ports of 127.0.0.1. */
  static async open(targets: readonly number[]): Promise<TcpProxy> {
    const proxy = new TcpProxy(targets);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed');
    return address.port;
  }

  /** How many connections there are through it. */
  get connections(): number {
    return this.#links.size;
  }

  /** Ends every connection. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** Ends every connection, those of clients too that have said nothing: nobody may wait for an answer any more. */
  clear(): void {
    for (const link of this.#links) link.destroy();
  }

  /** Cuts every connection, those that come too. @returns lets them in again, once all who refuse have done so. */
  refuse(): () => void {
    this.#refusals += 1;
    this.cut();
    return onlyOnce(() => (this.#refusals -= 1));
  }

  /**
   * Cuts every connection, and answers those that come for itself: to whatever they say, the same words, then the end.
   * @returns lets them in again; with several, the latest answers.
   */
  answer(words: string): () => void {
    this.#answers.push(words);
    this.cut();
    return onlyOnce(() => this.#answers.splice(this.#answers.indexOf(words), 1));
  }

  /** Lets nothing through, on connections old and new. @returns lets it through again. */
  stall(): () => void {
    this.#stalls += 1;
    for (const link of this.#links) link.stall();
    return onlyOnce(() => {
      this.#stalls -= 1;
      if (this.#stalls === 0) for (const link of this.#links) link.resume();
    });
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.clear();
    await closed;
  }

  async #serve(client: Socket): Promise<void> {
    const link = new ProxyLink(client, this.#stalls > 0);
    client.setNoDelay(true);
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
    if (this.#refusals > 0) return link.cut();
    const words = this.#answers.at(-1);
    if (words !== undefined) return link.answer(words);
    const server = await this.#reach();
    if (server === undefined) return link.cut();
    server.setNoDelay(true);
    link.join(server);
    if (this.#refusals > 0 || this.#answers.length > 0) link.cut();
  }

  /** A connection to the first target, beginning with the one whose turn it is, that takes one. */
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

function onlyOnce(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function tryToConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

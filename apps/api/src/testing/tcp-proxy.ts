import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server, which can then be away or freeze: to whoever connects there is no difference. */
export interface TcpProxy {
  /** The URL of the server with the proxy's address in it. */
  url: string;
  /** Nothing passes any more; connections stay open, and new ones are taken and left without an answer. */
  freeze(): void;
  /** Cuts every connection and takes no new ones. */
  cut(): Promise<void>;
  /** Everything passes again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

class Proxy implements TcpProxy {
  readonly url: string;
  readonly #target: URL;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #frozen = false;

  private constructor(target: URL, server: Server) {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = new URL(target);
    url.hostname = '127.0.0.1';
    url.port = String(address.port);
    this.#target = target;
    this.#port = address.port;
    this.#server = server;
    this.url = url.href;
    server.on('connection', (inner) => this.#take(inner));
  }

  static async start(target: URL): Promise<Proxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Proxy(target, server);
  }

  freeze(): void {
    this.#frozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.close();
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await once(server, 'close');
  }

  async restore(): Promise<void> {
    this.#frozen = false;
    for (const socket of this.#sockets) socket.resume();
    if (this.#server !== undefined) return;
    this.#server = createServer((inner) => this.#take(inner)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close(): Promise<void> {
    return this.cut();
  }

  #take(inner: Socket): void {
    const outer = connect(Number(this.#target.port), this.#target.hostname);
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('data', (bytes) => other.write(bytes));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      if (this.#frozen) socket.pause();
    }
  }
}

/** Starts a proxy before the server of a URL. Close it. */
export function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  return Proxy.start(new URL(targetUrl));
}

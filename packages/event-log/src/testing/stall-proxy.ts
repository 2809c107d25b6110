import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can fall silent: connections stay open, but nothing passes, as when a host loses its power. */
export class StallProxy {
  readonly url: string;
  readonly #sockets = new Set<Socket>();
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>, sockets: Set<Socket>) {
    this.url = url;
    this.#close = close;
    this.#sockets = sockets;
  }

  static async start(redisUrl: string): Promise<StallProxy> {
    const target = new URL(redisUrl);
    const sockets = new Set<Socket>();
    const server = createServer((inner) => {
      const outer = connect(Number(target.port), target.hostname);
      for (const socket of [inner, outer]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          (socket === inner ? outer : inner).destroy();
        });
      }
      inner.pipe(outer).pipe(inner);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const close = async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    };
    return new StallProxy(`redis://127.0.0.1:${address.port}`, close, sockets);
  }

  /** The connections of now never bring or take anything any more; new ones do. */
  stall(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  stop(): Promise<void> {
    return this.#close();
  }
}

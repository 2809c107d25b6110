import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a program and a server. Open ⇄ cut → closed. */
export interface TcpProxy {
  /** The address of the server, as it is reached through the proxy. */
  url: string;
  /** Ends all connections, and each new one at once, until `mend`. */
  cut(): void;
  mend(): void;
  /** How many connections were ended at once since the last cut. */
  refused(): number;
  close(): Promise<void>;
}

/** Opens a proxy on a free port of this machine. @param url Of the server behind it. */
export async function openTcpProxy(url: string): Promise<TcpProxy> {
  const { hostname, port: serverPort } = new URL(url);
  const sockets = new Set<Socket>();
  let open = true;
  let refused = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (!open) {
      refused += 1;
      return void client.destroy();
    }
    const upstream = keep(connect(Number(serverPort), hostname)).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const cut = () => {
    open = false;
    refused = 0;
    for (const socket of sockets) socket.destroy();
  };
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  return {
    url: through.href,
    cut,
    mend: () => (open = true),
    refused: () => refused,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

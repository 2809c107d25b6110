import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { urlOf } from '../http/listening.ts';

/** Serves a handler, such as an Express app, on loopback. `close` cuts its connections off. */
export async function serve(handler: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server, '127.0.0.1'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

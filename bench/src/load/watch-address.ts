import * as z from 'zod';

/** Address of a watcher's stream. */
export const watchAddressSchema = z.object({
  port: z.int(),
  /** With the query. `{watcher}` in it becomes the number of the watcher, from 0. */
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  /** `sse`: a GET that is answered by a stream. `socket.io`: its own protocol over a websocket. */
  wire: z.enum(['sse', 'socket.io']),
});
export type WatchAddress = z.infer<typeof watchAddressSchema>;

/** The request that a watcher begins with. */
export function openingOf({ port, path, headers, wire }: WatchAddress, watcher: number): string {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from('a watcher of it.').toString('base64'),
  };
  const all = {
    host: `127.0.0.1:${port}`,
    ...(wire === 'sse' ? { accept: 'text/event-stream' } : upgrade),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path.replace('{watcher}', String(watcher))} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

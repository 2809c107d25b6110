import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEventLog } from '../event-log.ts';

let server: Server;
let redisUrl: string;

/** A Redis that takes no password. */
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.write('-WRONGPASS invalid password\r\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  redisUrl = `redis://user:secret-word@127.0.0.1:${address.port}`;
});
afterEach(() => server.close());

it('a refused password is reported without the password', async () => {
  const reported: Error[] = [];
  const log = createEventLog({
    redisUrl,
    loadSnapshot: () => Promise.resolve(undefined),
    onConnectionError: (error) => reported.push(error),
  });
  await vi.waitFor(() => expect(reported.some((error) => error.message.includes('WRONGPASS'))).toBe(true));
  await log.close();
  expect(JSON.stringify(reported.map((error) => Object.entries(error)))).not.toContain('secret-word');
});

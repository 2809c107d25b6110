import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTaskQueue } from './task-queue.ts';

let server: Server;
let redisUrl: string;

/** A Redis that accepts no password. */
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.write('-WRONGPASS invalid password\r\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  redisUrl = `redis://somebody:secret-word@127.0.0.1:${address.port}`;
});
afterEach(() => server.close());

it('reports a refused password without the password', async () => {
  const reported: Error[] = [];
  const queue = createTaskQueue({ redisUrl, onConnectionError: (error) => reported.push(error) });
  await vi.waitFor(() => expect(reported.some((error) => error.message.includes('WRONGPASS'))).toBe(true));
  await queue.close();
  expect(JSON.stringify(reported.map((error) => Object.entries(error)))).not.toContain('secret-word');
});

import { Redis } from 'ioredis';
import { io } from 'socket.io-client';
import * as z from 'zod';
import { ChildBout } from '../child-bout.ts';
import type { Contestant } from '../contestant.ts';
import type { WatchRecord } from '../record.ts';
import { waitFor } from '../child-program.ts';

const eventSchema = z.object({ number: z.int() });

async function watch({ url, record }: { url: string; record: WatchRecord }): Promise<() => Promise<void>> {
  const socket = io(url);
  let connections = 0;
  socket.on('connect', () => {
    connections += 1;
    if (connections > 1 && !socket.recovered) record.add({ type: 'gap' });
  });
  socket.on('event', (event: unknown) => record.addEvent(eventSchema.parse(event).number));
  socket.on('completed', () => record.add({ type: 'ended', how: 'completed' }));
  await waitFor('the Socket.IO client is connected', () => connections > 0);
  return () => {
    socket.disconnect();
    return Promise.resolve();
  };
}

/** Trims as the adapter's `maxLen` does, with a length that this short stream reaches. */
async function trim(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.xtrim('socket.io', 'MAXLEN', '~', 10);
  redis.disconnect();
}

export const socketIo: Contestant = {
  name: 'socket.io + Redis Streams adapter',
  packages: ['socket.io', 'socket.io-client', '@socket.io/redis-streams-adapter'],
  configuration:
    'connectionStateRecovery with maxDisconnectionDuration 2 min; two nodes on one stream: one emits to a room, one ' +
    'serves; the stock client; socket.recovered === false counts as a signal; the last message is one of the ' +
    "application's; trimmed as by maxLen 10",
  documentation: [
    'https://socket.io/docs/v4/connection-state-recovery',
    'https://socket.io/docs/v4/redis-streams-adapter/',
  ],
  notApplicable: {},
  open: (workload) =>
    ChildBout.open({
      workload,
      server: new URL('./server.ts', import.meta.url),
      producer: new URL('./producer.ts', import.meta.url),
      cutBefore: 'server',
      replaceable: false,
      watch,
      trim,
    }),
  dispose: () => Promise.resolve(),
};

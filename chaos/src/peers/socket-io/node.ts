import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/** A room that the watcher is in. */
export const ROOM = 'task';

/** A node of a Socket.IO cluster, set up as the adapter's documentation says, with recovery switched on. */
export function createNode(redisUrl: string): { io: Server; redis: Redis } {
  const redis = new Redis(redisUrl);
  const io = new Server({
    adapter: createAdapter(redis),
    connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1_000 },
  });
  return { io, redis };
}

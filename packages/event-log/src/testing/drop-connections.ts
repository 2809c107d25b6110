import { Redis } from 'ioredis';

async function kill(redisUrl: string, type: 'normal' | 'pubsub'): Promise<void> {
  const admin = new Redis(redisUrl);
  try {
    await admin.client('KILL', 'TYPE', type, 'SKIPME', 'yes');
  } finally {
    admin.disconnect();
  }
}

/** Cuts the connections that send commands, as a network fault would; clients reconnect by themselves. */
export function dropCommandConnections(redisUrl: string): Promise<void> {
  return kill(redisUrl, 'normal');
}

/** Cuts the subscriber connections. */
export function dropSubscriberConnections(redisUrl: string): Promise<void> {
  return kill(redisUrl, 'pubsub');
}

/** Number of subscriber connections of the server. */
export async function countSubscribers(redisUrl: string): Promise<number> {
  const admin = new Redis(redisUrl);
  try {
    const list = String(await admin.call('CLIENT', 'LIST', 'TYPE', 'pubsub'));
    return list.split('\n').filter((line) => line !== '').length;
  } finally {
    admin.disconnect();
  }
}

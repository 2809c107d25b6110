import { Redis } from 'ioredis';

/**
 * Connects to a Redis once and asks whether it serves.
 *
 * @throws the connection's or Redis's own error
 */
export async function pingRedis(redisUrl: string): Promise<void> {
  let lost: Error | undefined;
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 10_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // ioredis rejects with "Connection is closed."; the reason comes here.
  redis.on('error', (error: Error) => {
    lost = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw lost ?? error;
  } finally {
    redis.disconnect();
  }
}

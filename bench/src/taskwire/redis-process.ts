import { Redis } from 'ioredis';

/** Facts of a running Redis. */
export interface RedisFacts {
  processId: number;
  version: string;
  /** `appendfsync` of its append-only file: always, everysec, no; or `off` without such a file. */
  sync: string;
}

/** Asks a Redis of this machine for its process, version and durability. @throws Error if an answer is missing. */
export async function askRedis(redisUrl: string): Promise<RedisFacts> {
  const redis = new Redis(redisUrl);
  try {
    const server = await redis.info('server');
    const [, appendOnly] = settingOf(await redis.config('GET', 'appendonly'));
    const [, sync] = settingOf(await redis.config('GET', 'appendfsync'));
    return {
      processId: Number(factOf(server, 'process_id')),
      version: factOf(server, 'redis_version'),
      sync: appendOnly === 'yes' ? (sync ?? 'unknown') : 'off',
    };
  } finally {
    redis.disconnect();
  }
}

function settingOf(answer: unknown): string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}

function factOf(information: string, name: string): string {
  const value = new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(information)?.[1];
  if (value === undefined) throw new Error(`Redis does not say its ${name}: the benchmark needs Redis 6.2 or newer`);
  return value;
}

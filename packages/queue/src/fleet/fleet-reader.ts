import type { Redis } from 'ioredis';
import { DEFAULT_TIMINGS } from '../worker/worker-timings.ts';
import { HEARTBEATS_KEY, RECORD_KEPT_SECONDS, recordKey, workerKey } from './keys.ts';

/** A worker of the fleet, seen within the last day. Times are milliseconds since 1970. */
export interface FleetWorker {
  workerId: string;
  version: string;
  kinds: readonly string[];
  startedAt: number;
  /** By the clock of Redis. */
  lastHeartbeatAt: number;
  /** Whether its heartbeats arrive. */
  isAlive: boolean;
}

/** Every worker of the last day, the one with the latest heartbeat first. */
export async function readWorkers(redis: Redis, silentMs = DEFAULT_TIMINGS.silentMs): Promise<FleetWorker[]> {
  const [seconds, microseconds] = await redis.time();
  const now = Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
  const heartbeats = await redis.zrevrange(HEARTBEATS_KEY, 0, -1, 'WITHSCORES');
  const pairs = heartbeats.flatMap((workerId, index) =>
    index % 2 === 0 ? [{ workerId, lastHeartbeatAt: Number(heartbeats[index + 1]) }] : [],
  );
  return Promise.all(
    pairs.map(async ({ workerId, lastHeartbeatAt }) => {
      const facts = await redis.hgetall(workerKey(workerId));
      return {
        workerId,
        version: facts['version'] ?? 'unknown',
        kinds: (facts['kinds'] ?? '').split(' ').filter((kind) => kind !== ''),
        startedAt: Number(facts['startedAt'] ?? 0),
        lastHeartbeatAt,
        isAlive: now - lastHeartbeatAt <= silentMs,
      };
    }),
  );
}

/** Whether the caller is the first to announce the task's current wait. */
export async function announceWait(redis: Redis, taskId: string): Promise<boolean> {
  const isFirst = (await redis.hsetnx(recordKey(taskId), 'said', '1')) === 1;
  // The record expires, in case the task ended meanwhile.
  if (isFirst) await redis.expire(recordKey(taskId), RECORD_KEPT_SECONDS);
  return isFirst;
}

/** Lets a task's wait be announced again after a failed announcement. */
export async function withdrawAnnouncement(redis: Redis, taskId: string): Promise<void> {
  await redis.hdel(recordKey(taskId), 'said');
}

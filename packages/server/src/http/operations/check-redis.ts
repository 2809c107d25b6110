import { redisFault, type EventLogReader, type RedisProbe } from '@taskwire/event-log';
import type { TaskQueue } from '@taskwire/queue';

export interface RedisDependencies {
  eventLog: EventLogReader;
  probe: Pick<RedisProbe, 'check'>;
  queue: Pick<TaskQueue, 'probe'>;
}

/**
 * Writes to Redis as an append and an enqueue do.
 * @returns the fault, in words that follow the server's name; undefined if there is none.
 * @throws if Redis does not answer.
 */
export async function checkRedis({ eventLog, probe, queue }: RedisDependencies): Promise<string | undefined> {
  const [fault] = await Promise.all([probe.check(), eventLog.ping()]);
  if (fault !== undefined) return fault;
  try {
    await queue.probe();
    return undefined;
  } catch (error) {
    const refused = redisFault(error);
    if (refused === undefined) throw error;
    return refused;
  }
}

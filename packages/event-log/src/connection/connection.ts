import { setTimeout as delay } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { Redis, type RedisOptions } from 'ioredis';
import { defineScripts } from '../scripts/commands.ts';
import { isRetryableRefusal } from './redis-fault.ts';

/** How long (ms) somebody who waits for an answer waits for Redis. */
const LONGEST_ANSWER_MS = 5_000;

/** How long (ms) to wait before the n-th reconnect: short at first, at most a second. */
function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1_000);
}

/**
 * Opens a connection that comes back by itself.
 * @param patient Commands wait for as long as Redis is away (a worker, which has nothing better to do), instead of
 * failing within seconds (a server, whose caller waits).
 */
export function connect(redisUrl: string, patient: boolean): Redis {
  const settings: RedisOptions = {
    retryStrategy,
    maxRetriesPerRequest: patient ? null : 5,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    autoResubscribe: false,
    // A server that has become a replica: the address leads to another one by now. 2: and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...(patient ? {} : { commandTimeout: LONGEST_ANSWER_MS }),
  };
  const connection = new Redis(redisUrl, settings);
  defineScripts(connection);
  return connection;
}

/** The same error, fit for a log: ioredis puts the refused command on it, with the password if that was AUTH. */
export function withoutCommand(error: Error): Error {
  Reflect.deleteProperty(error, 'command');
  return error;
}

/** What a caller is told when Redis cannot be reached; the cause stays in the server's log. */
export function unavailable(cause: unknown): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the event log cannot be reached; try again in a moment', { cause });
}

/** Pause (ms) of a patient writer before it repeats commands that Redis refused. */
const REFUSED_RETRY_MS = 500;

/**
 * Runs commands again for as long as Redis refuses their writes for a reason that passes (it is full, it cannot save):
 * that costs time, and nothing else. Ends with the connection.
 */
export async function untilTaken<Value>(
  redis: Pick<Redis, 'status'>,
  commands: () => Promise<Value>,
  onRefused: (error: unknown) => void,
): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await commands();
    } catch (error) {
      if (!isRetryableRefusal(error) || redis.status === 'end') throw error;
      if (tries === 1) onRefused(error);
      await delay(REFUSED_RETRY_MS);
    }
  }
}

/** Runs Redis commands, with their failure put as SERVICE_UNAVAILABLE. */
export async function reachable<Value>(commands: () => Promise<Value>): Promise<Value> {
  try {
    return await commands();
  } catch (error) {
    if (error instanceof TaskwireError) throw error;
    throw unavailable(error);
  }
}

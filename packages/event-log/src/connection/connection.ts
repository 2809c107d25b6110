import { setTimeout as delay } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { Redis, type RedisOptions } from 'ioredis';
import { defineScripts } from '../scripts/commands.ts';
import { isRetryableRefusal } from './redis-fault.ts';

/** Longest time (ms) of a command whose caller waits. */
const LONGEST_ANSWER_MS = 5_000;

/** Pause (ms) before the n-th reconnect: short at first, at most a second. */
function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1_000);
}

/**
 * Opens a connection that reconnects by itself.
 * @param patient Commands wait until Redis is back (a worker) instead of failing within seconds (a server, whose caller
 * waits).
 */
export function connect(redisUrl: string, patient: boolean): Redis {
  const settings: RedisOptions = {
    retryStrategy,
    maxRetriesPerRequest: patient ? null : 5,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    autoResubscribe: false,
    // The server has become a replica, and the address leads to the new primary. 2: reconnect, and repeat the command.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...(patient ? {} : { commandTimeout: LONGEST_ANSWER_MS }),
  };
  const connection = new Redis(redisUrl, settings);
  defineScripts(connection);
  return connection;
}

/** Removes the refused command that ioredis puts on an error: an AUTH has the password, which must not be logged. */
export function withoutCommand(error: Error): Error {
  Reflect.deleteProperty(error, 'command');
  return error;
}

/** Error for the caller when Redis cannot be reached. Its cause is only for the server's log. */
export function unavailable(cause: unknown): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the event log cannot be reached; try again in a moment', { cause });
}

/** Pause (ms) of a patient writer between a refused write and the next try. */
const REFUSED_RETRY_MS = 500;

/**
 * Repeats commands while Redis refuses their writes for a reason that ends: it is full, or cannot save. A refusal costs
 * time, and nothing else. Ends with the connection.
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

/** Runs Redis commands. @throws TaskwireError SERVICE_UNAVAILABLE if they fail. */
export async function reachable<Value>(commands: () => Promise<Value>): Promise<Value> {
  try {
    return await commands();
  } catch (error) {
    if (error instanceof TaskwireError) throw error;
    throw unavailable(error);
  }
}

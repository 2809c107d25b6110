import { TaskwireError } from '@taskwire/protocol';
import { Redis, type RedisOptions } from 'ioredis';
import { APPEND_SCRIPT } from './append-script.ts';

/** How long (ms) to wait before the n-th reconnect: short at first, at most a second. */
function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1_000);
}

/**
 * Opens a connection that comes back by itself.
 * @param patient Commands wait for as long as Redis is away (a worker, which has nothing better to do), instead of
 * failing within about two seconds (a server, whose caller waits).
 */
export function connect(redisUrl: string, patient: boolean): Redis {
  const settings: RedisOptions = {
    retryStrategy,
    maxRetriesPerRequest: patient ? null : 5,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    autoResubscribe: false,
  };
  const connection = new Redis(redisUrl, settings);
  connection.defineCommand('taskwireAppend', { numberOfKeys: 2, lua: APPEND_SCRIPT });
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

/** Runs Redis commands, with their failure put as SERVICE_UNAVAILABLE. */
export async function reachable<Value>(commands: () => Promise<Value>): Promise<Value> {
  try {
    return await commands();
  } catch (error) {
    if (error instanceof TaskwireError) throw error;
    throw unavailable(error);
  }
}

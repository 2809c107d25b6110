import { Redis, type Result } from 'ioredis';
import { HEARTBEAT_SCRIPT, END_SCRIPT, LEAVE_SCRIPT, TAKE_SCRIPT } from './scripts.ts';

type Argument = string | number;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    taskwireHeartbeat(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireTake(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireEndRun(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireLeave(...keysAndArguments: Argument[]): Result<unknown, Context>;
  }
}

/**
 * Opens a connection for the fleet's commands. It connects at its first use, and reconnects after a loss.
 * @param isPatient whether commands wait while Redis is away instead of failing within seconds.
 */
export function connectToFleet(redisUrl: string, isPatient: boolean): Redis {
  const connection = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: isPatient ? null : 5,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
    ...(isPatient ? {} : { commandTimeout: 3_000 }),
  });
  connection.defineCommand('taskwireHeartbeat', { numberOfKeys: 2, lua: HEARTBEAT_SCRIPT });
  connection.defineCommand('taskwireTake', { numberOfKeys: 4, lua: TAKE_SCRIPT });
  connection.defineCommand('taskwireEndRun', { numberOfKeys: 1, lua: END_SCRIPT });
  connection.defineCommand('taskwireLeave', { numberOfKeys: 1, lua: LEAVE_SCRIPT });
  return connection;
}

/** Removes the refused command from an error of ioredis before it is logged: an AUTH command contains the password. */
export function withoutCommand(error: Error): Error {
  Reflect.deleteProperty(error, 'command');
  return error;
}

import type { Redis, Result } from 'ioredis';
import { APPEND_SCRIPT } from './append.ts';
import { REMOVE_SCRIPT } from './remove.ts';
import { RESTORE_SCRIPT } from './restore.ts';
import { RELAY_SCRIPT, TOPIC_SNAPSHOT_SCRIPT } from './topic.ts';

type Argument = string | number;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    taskwireAppend(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireRestore(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireTopicSnapshot(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireRelay(...keysAndArguments: Argument[]): Result<unknown, Context>;
    taskwireRemove(...keysAndArguments: Argument[]): Result<unknown, Context>;
  }
}

/** Gives a connection the scripts as commands. */
export function defineScripts(connection: Redis): void {
  connection.defineCommand('taskwireAppend', { numberOfKeys: 6, lua: APPEND_SCRIPT });
  connection.defineCommand('taskwireRestore', { numberOfKeys: 6, lua: RESTORE_SCRIPT });
  connection.defineCommand('taskwireTopicSnapshot', { numberOfKeys: 3, lua: TOPIC_SNAPSHOT_SCRIPT });
  connection.defineCommand('taskwireRelay', { numberOfKeys: 3, lua: RELAY_SCRIPT });
  connection.defineCommand('taskwireRemove', { numberOfKeys: 4, lua: REMOVE_SCRIPT });
}

import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RedisLogin } from './redis-login.ts';

export interface RedisConfiguration {
  /** Folder in which Redis keeps its files. */
  folder: string;
  /** True: every write goes to an append-only file. False: nothing is kept. */
  durable: boolean;
  /** Absent: every client that reaches the port may do everything. For tests that break their Redis on purpose. */
  login?: RedisLogin;
  /** Further lines of the configuration, for tests. */
  furtherLines?: readonly string[];
}

/** Beyond what a program needs to work: looking at the server, but no changing, emptying or ending it. */
const RIGHTS = '~* &* +@all -@admin -@dangerous +info +config|get +client|list';

/** Writes the configuration into a file that only this user may read, since command lines are for all to see. */
export async function writeRedisConfiguration(settings: RedisConfiguration, port: number): Promise<string> {
  const file = join(settings.folder, 'redis.conf');
  // A file that is there keeps its mode when it is written.
  await rm(file, { force: true });
  await writeFile(file, `${lines(settings, port).join('\n')}\n`, { mode: 0o600 });
  return file;
}

function lines({ folder, durable, login, furtherLines = [] }: RedisConfiguration, port: number): string[] {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(folder)}`,
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
    // With `everysec` a crash may take back what clients were told already.
    'appendfsync always',
    // A queue may not lose keys for want of memory.
    'maxmemory-policy noeviction',
    'daemonize no',
    ...(login === undefined ? [] : userLines(login)),
    ...furtherLines,
  ];
}

function userLines({ user, password }: RedisLogin): string[] {
  const hash = createHash('sha256').update(password).digest('hex');
  return ['user default off', `user ${user} on #${hash} ${RIGHTS}`];
}

import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The name and password of the one user that an embedded Redis knows. */
export interface RedisLogin {
  user: string;
  password: string;
}

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

/** Rights of the one user (ACL rules): all commands except those that configure, empty or end the server. */
const RIGHTS = '~* &* +@all -@admin -@dangerous +info +config|get +client|list';

/** Writes the configuration into a file that only this user may read: every user sees command lines. */
export async function writeRedisConfiguration(settings: RedisConfiguration, port: number): Promise<string> {
  const file = join(settings.folder, 'redis.conf');
  // An existing file would keep its mode.
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
    // With `everysec` a crash may lose writes that clients know as done.
    'appendfsync always',
    // A queue must not lose keys when memory is full.
    'maxmemory-policy noeviction',
    'daemonize no',
    ...(login === undefined ? [] : userLines(login)),
    ...furtherLines,
  ];
}

function userLines({ user, password }: RedisLogin): string[] {
  const hash = createHash('sha256').update(password).digest('hex');
  // The default user reads the append-only file at a start: without rights, it drops every transaction and script in it.
  // It is off, so no client can be it.
  return ['user default off ~* &* +@all', `user ${user} on #${hash} ${RIGHTS}`];
}

/** Reads the password of the data folder's Redis from a file that only this user may read, or makes one. */
export async function ensureRedisLogin(dataDirectory: string): Promise<RedisLogin> {
  const file = join(dataDirectory, 'redis.password');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  const password = known === '' ? randomBytes(24).toString('base64url') : known;
  if (known === '') await writeFile(file, password, { mode: 0o600 });
  return { user: 'taskwire', password };
}

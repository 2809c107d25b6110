import { findProgram, runCommand } from '../processes/commands.ts';
import type { Log } from '../log.ts';

/** A Redis server to run. */
export interface RedisProgram {
  program: string;
  /** Name to call it by: it decides what the program does. */
  calledAs: string;
}

/** Outcome of one search for a Redis: a program, or the reason why there is none. */
export type RedisSearch = { found: RedisProgram } | { reason: string };

// Redis is one program under several names, and so is Valkey: the name decides what it does. Debian's redis-tools, which
// brings no service, has the program as redis-check-rdb.
const names = [
  { file: 'redis-server', calledAs: 'redis-server' },
  { file: 'valkey-server', calledAs: 'valkey-server' },
  { file: 'redis-check-rdb', calledAs: 'redis-server' },
];

const oldest = [6, 2] as const;

/** Finds a Redis or Valkey server, version 6.2 or newer, on the search path. */
export async function findInstalledRedis(searchPath: string, _log: Log): Promise<RedisSearch> {
  const tooOld: string[] = [];
  for (const { file, calledAs } of names) {
    const program = await findProgram([file], searchPath);
    const version = program === undefined ? undefined : await serverVersion({ program, calledAs });
    if (program !== undefined && version !== undefined) {
      if (isRecent(version)) {
        return { found: { program, calledAs } };
      }
      tooOld.push(`${program} is version ${version}, older than ${oldest.join('.')}`);
    }
  }
  return { reason: tooOld[0] ?? 'neither redis-server nor valkey-server stands on PATH' };
}

/** The version of a program that is a Redis server; undefined for any other. */
export async function serverVersion({ program, calledAs }: RedisProgram): Promise<string | undefined> {
  const { succeeded, output } = await runCommand({ program, calledAs, argumentList: ['--version'] });
  return succeeded ? /server v=(\d+\.\d+[\w.]*)/.exec(output)?.[1] : undefined;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runCommand } from '../processes/commands.ts';
import type { Account } from '../processes/commands.ts';
import { DevStackError } from '../dev-stack-error.ts';
import type { Log } from '../log.ts';
import type { PostgresPrograms } from './programs.ts';

export interface ClusterPlace {
  dataDirectory: string;
  /** Parent of the cluster's folder (`findPostgresHome`). */
  home: string;
  account: Account | undefined;
  programs: PostgresPrograms;
  /** False for throw-away data: faster, and lost in a crash. */
  durable: boolean;
  log: Log;
}

/** The role that owns the embedded database. */
export const clusterUser = 'taskwire';

/** Folder of PostgreSQL's own files. */
export function clusterFolder(home: string): string {
  return join(home, 'postgres');
}

/**
 * Makes the cluster at the first start, with a generated password in a file that only this user may read.
 *
 * @returns the password
 * @throws DevStackError `postgres-failed`
 */
export async function ensureCluster(place: ClusterPlace): Promise<string> {
  const passwordFile = join(place.dataDirectory, 'postgres.password');
  const cluster = clusterFolder(place.home);
  if (await stat(join(cluster, 'PG_VERSION')).catch(() => undefined)) {
    return await readPassword(passwordFile, cluster);
  }
  place.log('Making a new PostgreSQL cluster');
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await initializeCluster(place, { cluster, password });
  return password;
}

async function readPassword(passwordFile: string, cluster: string): Promise<string> {
  try {
    return (await readFile(passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new DevStackError('postgres-failed', {
      message: `The password of the PostgreSQL data in ${cluster} cannot be read from ${passwordFile}.`,
      remedy: `Restore that file, or delete ${cluster} to begin with an empty database.`,
      cause: error,
    });
  }
}

async function initializeCluster(place: ClusterPlace, made: { cluster: string; password: string }): Promise<void> {
  // Made aside and renamed: a start that is cut off leaves no half cluster behind.
  const draft = `${made.cluster}.new`;
  const passwordFile = `${made.cluster}.new-password`;
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, made.password, { mode: 0o600 });
    if (place.account !== undefined) {
      await chown(draft, place.account.userId, place.account.groupId);
      await chown(passwordFile, place.account.userId, place.account.groupId);
    }
    await runInitdb(place, { draft, passwordFile });
    await rm(made.cluster, { recursive: true, force: true });
    await rename(draft, made.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

async function runInitdb(place: ClusterPlace, files: { draft: string; passwordFile: string }): Promise<void> {
  const { succeeded, output } = await runCommand({
    program: place.programs.initdb,
    account: place.account,
    argumentList: [
      `--pgdata=${files.draft}`,
      `--username=${clusterUser}`,
      `--pwfile=${files.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own locale sorts alike on every machine and needs none of the system's.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--text-search-config=english',
      ...(place.durable ? [] : ['--no-sync']),
    ],
  });
  if (!succeeded) {
    throw new DevStackError('postgres-failed', {
      message: `PostgreSQL could not make its data folder:\n${output}`,
      remedy: 'Mend what the message names (often a full disk), or set DATABASE_URL to a PostgreSQL of your own.',
    });
  }
}

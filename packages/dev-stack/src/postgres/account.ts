import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isRoot, runCommand } from '../processes/commands.ts';
import type { Account } from '../processes/commands.ts';
import { DevStackError } from '../dev-stack-error.ts';
import type { Log } from '../log.ts';

const ownName = 'taskwire';

/**
 * The account for PostgreSQL, which refuses to run as root: the owner of the data that is there; else the machine's
 * `postgres` user; else a system user `taskwire`, made once; else, where none can be made, `nobody`.
 *
 * @returns undefined when this process is not root: then PostgreSQL runs as the same user
 * @throws DevStackError `postgres-account-missing`
 */
export async function findPostgresAccount(cluster: string, log: Log): Promise<Account | undefined> {
  if (!isRoot()) {
    return undefined;
  }
  const owner = await stat(join(cluster, 'PG_VERSION')).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) {
    return { userId: owner.uid, groupId: owner.gid };
  }
  const account =
    (await lookUp('postgres')) ?? (await lookUp(ownName)) ?? (await makeAccount(log)) ?? (await lookUp('nobody'));
  if (account === undefined) {
    throw new DevStackError('postgres-account-missing', {
      message: 'PostgreSQL refuses to run as root, and no other account could be found or made.',
      remedy: 'Make a user `postgres`, start Taskwire as an ordinary user, or set DATABASE_URL.',
    });
  }
  return account;
}

async function makeAccount(log: Log): Promise<Account | undefined> {
  log(`PostgreSQL refuses to run as root: making the system user ${ownName} for it`);
  const shadow = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ownName];
  const { succeeded } = await runCommand({ program: 'useradd', argumentList: shadow });
  if (!succeeded) {
    await runCommand({ program: 'adduser', argumentList: ['-S', '-D', '-H', '-s', '/sbin/nologin', ownName] });
  }
  return await lookUp(ownName);
}

async function lookUp(name: string): Promise<Account | undefined> {
  const user = await runCommand({ program: 'id', argumentList: ['-u', name] });
  const group = await runCommand({ program: 'id', argumentList: ['-g', name] });
  if (!user.succeeded || !group.succeeded || user.output === '0') {
    return undefined;
  }
  return { userId: Number(user.output), groupId: Number(group.output) };
}

import { randomUUID } from 'node:crypto';
import { access, chmod, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runCommand } from '../processes/commands.ts';
import type { Account } from '../processes/commands.ts';
import { DevStackError } from '../dev-stack-error.ts';
import type { Log } from '../log.ts';
import { clusterFolder } from './cluster.ts';
import { canEnter, sharedFolder } from './shared-folder.ts';

const noteName = 'postgres.location';
const ownerName = 'owner';

/**
 * Finds the parent of the cluster's folder. It is the data folder, unless PostgreSQL's account may not enter that (it lies
 * below a folder for root only): then it is a folder in `sharedFolder`.
 *
 * In that case the data folder keeps a note of the place, and the place one of the data folder. A data folder that was
 * moved keeps its place. One that was deleted, or is a copy of another, gets a new place.
 */
export async function findPostgresHome(
  dataDirectory: string,
  { account, log }: { account: Account | undefined; log: Log },
): Promise<string> {
  if (account === undefined) {
    return dataDirectory;
  }
  const noted = await notedHome(dataDirectory);
  if (noted !== undefined) {
    return noted;
  }
  if (await canEnter(account, dataDirectory)) {
    return dataDirectory;
  }
  const home = join(await sharedFolder(account), `data-${randomUUID()}`);
  log(`PostgreSQL's account may not enter ${dataDirectory}: its data goes to ${home}`);
  await mkdir(home);
  await chmod(home, 0o711);
  await writeFile(join(home, ownerName), await realpath(dataDirectory));
  await moveCluster(dataDirectory, home);
  await writeFile(join(dataDirectory, noteName), home);
  return home;
}

/** Moves a cluster that was made while the account could still enter the data folder. */
async function moveCluster(dataDirectory: string, home: string): Promise<void> {
  const cluster = clusterFolder(dataDirectory);
  if (await exists(join(cluster, 'PG_VERSION'))) {
    const { succeeded, output } = await runCommand({ program: 'cp', argumentList: ['-a', cluster, home] });
    if (!succeeded) {
      throw new DevStackError('postgres-failed', {
        message: `PostgreSQL's data could not be moved from ${cluster} to ${home}: ${output}`,
        remedy: 'Make room there, or move the checkout back to a folder that every user may enter.',
      });
    }
    await rm(cluster, { recursive: true });
  }
}

/** The place that the data folder's note names, if it is this data folder's own. */
export async function notedHome(dataDirectory: string): Promise<string | undefined> {
  const home = await readFile(join(dataDirectory, noteName), 'utf8').catch(() => undefined);
  if (home === undefined) {
    return undefined;
  }
  const owner = await readFile(join(home, ownerName), 'utf8').catch(() => undefined);
  const here = await realpath(dataDirectory);
  if (owner === undefined || owner === here) {
    return owner === undefined ? undefined : home;
  }
  if (await exists(join(owner, noteName))) {
    return undefined;
  }
  await writeFile(join(home, ownerName), here);
  return home;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

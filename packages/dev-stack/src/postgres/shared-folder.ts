import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runCommand } from '../processes/commands.ts';
import type { Account } from '../processes/commands.ts';
import { DevStackError } from '../dev-stack-error.ts';
import { temporaryFolder } from '../env.ts';

/** Whether the account may enter a folder, and so every folder above it. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const { succeeded } = await runCommand({
    program: '/bin/sh',
    argumentList: ['-c', 'cd -- "$1"', 'sh', folder],
    account,
  });
  return succeeded;
}

/**
 * A folder of root's outside of every checkout, which the account may enter: `/var/lib/taskwire`, or `taskwire` in a
 * folder for temporary files. A folder that another user made or may write is never used.
 *
 * @throws DevStackError `data-directory-unwritable`
 */
export async function sharedFolder(account: Account): Promise<string> {
  const candidates = ['/var/lib', '/var/tmp', temporaryFolder()].map((base) => join(base, 'taskwire'));
  for (const folder of candidates) {
    if ((await isRootsOwn(folder)) && (await canEnter(account, folder))) {
      return folder;
    }
  }
  throw new DevStackError('data-directory-unwritable', {
    message: `PostgreSQL may not run as root, and no folder of ${candidates.join(', ')} could be made for its account.`,
    remedy: 'Move the checkout to a folder that every user may enter, start as an ordinary user, or set DATABASE_URL.',
  });
}

async function isRootsOwn(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o755 }).then(
      () => chmod(folder, 0o755),
      () => undefined,
    );
    const status = await lstat(folder);
    return status.isDirectory() && status.uid === 0 && (status.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Account } from './account.ts';
import { DevStackError } from './dev-stack-error.ts';
import { temporaryFolder } from './env.ts';
import { runCommand } from './run-command.ts';

/** Whether the account may enter a folder, which takes the right to pass through every folder above it too. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const { succeeded } = await runCommand({
    program: '/bin/sh',
    argumentList: ['-c', 'cd -- "$1"', 'sh', folder],
    account,
  });
  return succeeded;
}

/**
 * A folder of root's outside of every checkout, that the account may enter: `/var/lib/taskwire`, or the like of it in
 * a folder for temporary files. One that somebody else made or may write is never used.
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

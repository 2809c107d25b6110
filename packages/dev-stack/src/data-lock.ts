import { join } from 'node:path';

import { DevStackError } from './dev-stack-error.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/**
 * Makes this process the only one that runs `server` on the data folder.
 *
 * @throws DevStackError `already-running`
 */
export async function lockData(dataDirectory: string, server: 'postgres' | 'redis'): Promise<FolderLock> {
  const lock = await lockFolder(join(dataDirectory, `${server}.lock`));
  if ('heldBy' in lock) {
    throw new DevStackError('already-running', {
      message: `Taskwire already runs with the data folder ${dataDirectory} (process ${lock.heldBy}).`,
      remedy: `Use that one, stop it (Ctrl-C in its terminal, or \`kill ${lock.heldBy}\`), or choose another data folder.`,
    });
  }
  return lock;
}

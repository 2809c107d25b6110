import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DevStackError } from '../dev-stack-error.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/**
 * Makes the data folder if it is absent, and checks that it can be written.
 *
 * @throws DevStackError `data-directory-unwritable`
 */
export async function prepareDataDirectory(dataDirectory: string): Promise<void> {
  const probe = join(dataDirectory, `.write-probe-${randomUUID()}`);
  try {
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DevStackError('data-directory-unwritable', {
      message: `The data folder ${dataDirectory} cannot be written (${reason}).`,
      remedy: 'Make it writable for the user who starts Taskwire, free its disk, or choose another data folder.',
      cause: error,
    });
  }
}

/**
 * Makes this process the only one that runs `server` (`dev`: a whole Taskwire) on the data folder.
 *
 * @throws DevStackError `already-running`
 */
export async function lockData(dataDirectory: string, server: 'postgres' | 'redis' | 'dev'): Promise<FolderLock> {
  const lock = await lockFolder(join(dataDirectory, `${server}.lock`));
  if ('heldBy' in lock) {
    const stop = `stop it (Ctrl-C in its terminal, or \`kill ${lock.heldBy}\`)`;
    throw new DevStackError('already-running', {
      message: `Taskwire already runs with the data folder ${dataDirectory} (process ${lock.heldBy}).`,
      // The folder of `taskwire dev` follows from the project, so nobody can choose another one.
      remedy: server === 'dev' ? `Use that one, or ${stop}.` : `Use that one, ${stop}, or choose another data folder.`,
    });
  }
  return lock;
}

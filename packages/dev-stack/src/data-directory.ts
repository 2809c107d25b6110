import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DevStackError } from './dev-stack-error.ts';

/**
 * Makes the data folder if it is not there, and tries whether it can be written.
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

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { lockFolder } from './folder-lock.ts';
import type { FolderLock, LockRefused } from './folder-lock.ts';
import { withTemporaryFolder } from '../testing/support.ts';

async function release(lock: FolderLock | LockRefused): Promise<void> {
  if ('release' in lock) {
    await lock.release();
  }
}

describe('lockFolder', () => {
  it('gives the lock to one process, and its process id to the others', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'lock');
      const locks = await Promise.all(Array.from({ length: 5 }, () => lockFolder(file)));

      expect(locks.filter((lock) => 'release' in lock)).toHaveLength(1);
      expect(locks.filter((lock) => 'heldBy' in lock)).toEqual(Array(4).fill({ heldBy: process.pid }));
      await Promise.all(locks.map(release));
    });
  });

  it('is free again after its release', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'lock');
      await release(await lockFolder(file));
      const second = await lockFolder(file);

      expect(second).toHaveProperty('release');
      await release(second);
    });
  });

  it('replaces the file of a process that died, even when its process id lives on in another program', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'lock');
      await writeFile(file, JSON.stringify({ processId: process.pid, port: 1, token: 'of-a-former-run' }));
      const lock = await lockFolder(file);

      expect(lock).toHaveProperty('release');
      expect(await readFile(file, 'utf8')).not.toContain('of-a-former-run');
      await release(lock);
    });
  });

  it('replaces a file that holds nothing sensible', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'lock');
      await writeFile(file, '');
      const lock = await lockFolder(file);

      expect(lock).toHaveProperty('release');
      await release(lock);
    });
  });
});

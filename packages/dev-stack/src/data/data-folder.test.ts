import { describe, expect, it } from 'vitest';

import { withTemporaryFolder } from '../testing/support.ts';
import { lockData } from './data-folder.ts';

describe('a data folder in use', () => {
  it.each([
    { server: 'dev' as const, canChoose: false },
    { server: 'redis' as const, canChoose: true },
  ])('is refused to a second $server; another folder is advised only if one can be chosen', async (example) => {
    await withTemporaryFolder(async (folder) => {
      const lock = await lockData(folder, example.server);
      await expect(lockData(folder, example.server)).rejects.toMatchObject({
        code: 'already-running',
        remedy: expect.stringMatching(
          `^Use that one,.* stop it \\(.*kill ${process.pid}.*\\)${example.canChoose ? ', or choose another' : '\\.$'}`,
        ),
      });
      await lock.release();
    });
  });
});

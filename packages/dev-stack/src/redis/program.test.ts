import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findRedisProgram } from './program.ts';
import { refusalOf, withTemporaryFolder } from '../testing/support.ts';

/** Puts a program into the folder that says it is the given version of Redis. */
async function plant(folder: string, version: string): Promise<void> {
  const file = join(folder, 'redis-server');
  await writeFile(file, `#!/bin/sh\necho "Redis server v=${version} sha=00000000:0 malloc=libc bits=64"\n`);
  await chmod(file, 0o755);
}

const refusal = (searchPath: string) => refusalOf(findRedisProgram({ searchPath }));

describe('findRedisProgram', () => {
  it('takes the server that stands on the search path', async () => {
    await withTemporaryFolder(async (folder) => {
      await plant(folder, '7.2.4');

      expect(await findRedisProgram({ searchPath: folder })).toEqual({
        program: join(folder, 'redis-server'),
        calledAs: 'redis-server',
      });
    });
  });

  it('names what it tried and the three ways out when every search fails', async () => {
    const { code, message, remedy } = await refusal('');

    expect(code).toBe('redis-unavailable');
    expect(message).toContain('neither redis-server nor valkey-server stands on PATH');
    expect(message).toContain('apt-get');
    expect(message).toContain('no C compiler');
    expect(remedy).toContain('install redis-server');
    expect(remedy).toContain('set REDIS_URL');
    expect(remedy).toContain('C toolchain');
  });

  it('passes over a server that is too old, and says so', async () => {
    await withTemporaryFolder(async (folder) => {
      await plant(folder, '5.0.14');
      const { message } = await refusal(folder);

      expect(message).toContain(`${join(folder, 'redis-server')} is version 5.0.14, older than 6.2`);
    });
  });
});

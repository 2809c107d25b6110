import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect } from '../testing/collect.ts';
import { Spool, withSpoolFolder } from './spool.ts';

describe('Spool', () => {
  it('gives back what was written, in order, in batches', async () => {
    await withSpoolFolder(async (folder) => {
      const spool = new Spool(join(folder, 'items'), z.string());
      await spool.write(['a', 'line\nend']);
      await spool.write([]);
      await spool.write(['para\u2029graph', 'd', 'e']);
      expect(spool.count).toBe(5);
      expect(await collect(spool.batches(2))).toEqual([['a', 'line\nend'], ['para\u2029graph', 'd'], ['e']]);
      await spool.close();
    });
  });

  it('gives nothing back if nothing was written', async () => {
    await withSpoolFolder(async (folder) => {
      expect(await collect(new Spool(join(folder, 'items'), z.string()).batches(2))).toEqual([]);
    });
  });
});

describe('withSpoolFolder', () => {
  it('deletes its folder, also when its use fails', async () => {
    const used: string[] = [];
    const use = withSpoolFolder(async (folder) => {
      used.push(folder);
      await writeFile(join(folder, 'left'), 'x');
      throw new Error('broke off');
    });
    await expect(use).rejects.toThrow('broke off');
    expect(used.map((folder) => existsSync(folder))).toEqual([false]);
  });
});

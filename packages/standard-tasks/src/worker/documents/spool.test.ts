import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '@taskwire/documents/testing';
import { FolderStorage } from '@taskwire/uploads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Spool } from './spool.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskwire-spool-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const openSpool = () =>
  new Spool({ storage: new FolderStorage({ directory: folder }), name: 'made/items' }, z.string());
const files = async () => (await readdir(folder, { recursive: true })).sort();

describe('Spool', () => {
  it('returns the written items in order, in batches, repeatedly and to other instances', async () => {
    const spool = openSpool();
    expect(await spool.isComplete()).toBe(false);
    await spool.fill(async (add) => {
      await add(['a', 'line\nend']);
      await add([]);
      await add(['para\u2029graph', 'd', 'e']);
    });
    await spool.close();
    const other = openSpool();
    expect(await other.isComplete()).toBe(true);
    for (const each of [spool, other]) {
      expect(await collect(each.batches({ items: 2, characters: 1_000 }))).toEqual([
        ['a', 'line\nend'],
        ['para\u2029graph', 'd'],
        ['e'],
      ]);
    }
    await other.remove();
    expect(await files()).toEqual(['made']);
  });

  it('returns no items if none were written', async () => {
    const spool = openSpool();
    await spool.fill(() => Promise.resolve());
    expect(await collect(spool.batches({ items: 2, characters: 1_000 }))).toEqual([]);
  });

  it('gives batches of limited characters; an item that is longer is a batch of its own', async () => {
    const spool = openSpool();
    // Longer than the pieces in which a file is read.
    const long = '环'.repeat(100_000);
    await spool.fill((add) => add(['12345', '12345', '12345', long, 'a', 'b']));
    const batches = await collect(spool.batches({ items: 10, characters: 14 }));
    expect(batches).toEqual([['12345', '12345'], ['12345'], [long], ['a', 'b']]);
  });

  it('is not there, not even a part of it, when its writing broke off', async () => {
    const spool = openSpool();
    const filling = spool.fill(async (add) => {
      await add(['a']);
      expect(await spool.isComplete()).toBe(false);
      throw new Error('broke off');
    });
    await expect(filling).rejects.toThrow('broke off');
    expect(await spool.isComplete()).toBe(false);
    await spool.close();
    expect(await files()).toEqual(['made']);
  });
});

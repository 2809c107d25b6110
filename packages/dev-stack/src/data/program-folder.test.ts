import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { prepareProgramFolder } from './program-folder.ts';

let tree: TemporaryTree;

beforeEach(async () => {
  tree = await createTemporaryTree();
});

afterEach(() => tree.remove());

describe('the data folder', () => {
  it('keeps its secret over a second start', async () => {
    const first = await prepareProgramFolder(join(tree.root, 'data'));
    const second = await prepareProgramFolder(join(tree.root, 'data'));
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
    expect(second.authSecret).toBe(first.authSecret);
  });

  it('has one secret, however many processes make it at once', async () => {
    const { path } = await prepareProgramFolder(join(tree.root, 'data'));
    await rm(join(path, 'auth-secret'));
    const preparing = Array.from({ length: 8 }, () => prepareProgramFolder(path));
    const secrets = (await Promise.all(preparing)).map(({ authSecret }) => authSecret);
    expect(new Set(secrets).size).toBe(1);
    expect((await readdir(path)).toSorted()).toEqual(['auth-secret', 'logs', 'uploads']);
  });

  it('gets a new secret in the place of an empty one', async () => {
    const { path } = await prepareProgramFolder(join(tree.root, 'data'));
    await writeFile(join(path, 'auth-secret'), '\n');
    const { authSecret } = await prepareProgramFolder(path);
    expect(authSecret.length).toBeGreaterThanOrEqual(32);
  });

  it('has a secret that only its owner may read', async () => {
    const { path } = await prepareProgramFolder(join(tree.root, 'data'));
    const { mode } = await stat(join(path, 'auth-secret'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('that cannot be made is named, with the remedy', async () => {
    await writeFile(join(tree.root, 'file'), '');
    const preparing = prepareProgramFolder(join(tree.root, 'file', 'data'));
    await expect(preparing).rejects.toMatchObject({
      message: expect.stringContaining(join(tree.root, 'file', 'data')),
      remedy: expect.stringContaining('another data folder'),
    });
  });
});

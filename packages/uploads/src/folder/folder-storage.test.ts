import { chmod, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, it } from 'vitest';
import { listAll, storageSuite, store } from '../testing/storage-suite.ts';
import { FolderStorage } from './folder-storage.ts';

const folder = useTemporaryFolder('uploads');
const ID = '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e';

storageSuite('a folder', async () => new FolderStorage({ directory: join(folder.path, 'made', 'uploads') }));

it('gives the path of the stored file itself', async () => {
  const directory = join(folder.path, 'paths');
  const storage = new FolderStorage({ directory });
  await store(storage, ID, 'x');
  expect((await storage.localCopy(ID)).path).toBe(join(directory, ID));
});

it('lists nothing if there is no folder, and skips sub-folders', async () => {
  const directory = join(folder.path, 'listed');
  const storage = new FolderStorage({ directory });
  expect(await listAll(storage, '')).toEqual([]);
  await mkdir(join(directory, ID), { recursive: true });
  expect(await listAll(storage, '')).toEqual([]);
});

it('removes drafts of crashes after a day, when it is prepared', async () => {
  const directory = join(folder.path, 'left');
  await mkdir(directory);
  for (const [name, hours] of [
    [`${ID}.partial`, 25],
    [`${ID}.1a2b3c4d.partial`, 23],
    ['notes.txt', 25],
  ] as const) {
    const at = new Date(Date.now() - hours * 3_600_000);
    await writeFile(join(directory, name), 'x');
    await utimes(join(directory, name), at, at);
  }
  await new FolderStorage({ directory }).prepare();
  expect((await readdir(directory)).sort()).toEqual([`${ID}.1a2b3c4d.partial`, 'notes.txt']);
});

it('names the setting of a folder that cannot be made', async () => {
  await writeFile(join(folder.path, 'file'), 'x');
  const storage = new FolderStorage({ directory: join(folder.path, 'file', 'uploads') });
  await expect(storage.prepare()).rejects.toMatchObject({
    reason: 'refused',
    message: expect.stringMatching(/^ENOTDIR: .*: check that UPLOAD_DIRECTORY \(.*\) is a folder that can be written$/),
  });
});

it('says that no room is left, and leaves nothing', async () => {
  const directory = join(folder.path, 'full');
  // The system's own device on which there is never any room.
  const storage = new FolderStorage({ directory, createFile: () => createWriteStream('/dev/full') });
  const draft = await storage.create(ID);
  await expect(pipeline(Readable.from(['x']), draft.writable())).rejects.toMatchObject({ code: 'ENOSPC' });
  await draft.discard();
  expect(await readdir(directory)).toEqual([]);
});

it.skipIf(process.getuid?.() === 0)('says that a file may not be read', async () => {
  const directory = join(folder.path, 'closed');
  const storage = new FolderStorage({ directory });
  await store(storage, ID, 'x');
  await chmod(join(directory, ID), 0);
  await expect(storage.localCopy(ID)).rejects.toMatchObject({ reason: 'refused' });
  await rm(join(directory, ID));
});

import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedName, isDraftName, uploadIdOf } from '../storage/file-name.ts';
import type { StoredFile, UploadStorage } from '../storage/upload-storage.ts';

/** Stores a text or bytes under a name. */
export async function store(storage: UploadStorage, name: string, content: string | Uint8Array): Promise<void> {
  const draft = await storage.create(name);
  await pipeline(Readable.from([Buffer.from(content)]), draft.writable());
  await draft.commit();
}

/** All files whose names begin so, without drafts. */
export async function listAll(storage: UploadStorage, prefix: string, pageSize = 100): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for await (const page of storage.list(prefix, pageSize)) {
    expect(page.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.filter(({ name }) => !isDraftName(name)));
  }
  return found;
}

/** Checks the rules that every storage keeps. @param open Opens the storage once for the tests. */
export function storageSuite(name: string, open: () => Promise<UploadStorage>): void {
  describe(`the storage in ${name}`, () => {
    let storage: UploadStorage;
    beforeAll(async () => {
      storage = await open();
      await storage.prepare();
    });
    afterAll(() => storage.close());

    it('returns what was written, whole, from an offset and up to an end', async () => {
      const id = randomUUID();
      await store(storage, id, '0123456789');
      expect(await text(storage.read(id))).toBe('0123456789');
      expect(await text(storage.read(id, { start: 7 }))).toBe('789');
      expect(await text(storage.read(id, { end: 2 }))).toBe('012');
      expect(await text(storage.read(id, { start: 3, end: 5 }))).toBe('345');
      expect(await text(storage.read(id, { start: 10 }))).toBe('');
      expect(await storage.find(id)).toEqual({ name: id, sizeBytes: 10, modifiedAt: expect.any(Date) });
      expect(Math.abs(Date.now() - ((await storage.find(id))?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
    });

    it('holds an empty file', async () => {
      const id = randomUUID();
      await store(storage, id, '');
      expect(await text(storage.read(id))).toBe('');
      expect(await storage.find(id)).toMatchObject({ sizeBytes: 0 });
    });

    it('holds many bytes unchanged, of which a reader takes few at a time', async () => {
      const id = randomUUID();
      const content = Buffer.from(Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 37) % 251));
      await store(storage, id, content);
      expect((await buffer(storage.read(id))).equals(content)).toBe(true);
      const stream = storage.read(id);
      for await (const chunk of stream) {
        expect(chunk).toBeInstanceOf(Uint8Array);
        break;
      }
      expect(stream.destroyed).toBe(true);
    });

    it('shows nothing of a draft under the name of the file until it is committed', async () => {
      const id = randomUUID();
      const draft = await storage.create(id);
      await pipeline(Readable.from(['half']), draft.writable());
      expect(await readFile(draft.path, 'utf8')).toBe('half');
      expect(await storage.find(id)).toBeUndefined();
      await expect(text(storage.read(id))).rejects.toMatchObject({ reason: 'missing' });
      expect(await listAll(storage, id)).toEqual([]);
      await draft.commit();
      expect(await text(storage.read(id))).toBe('half');
      await draft.discard();
      expect(await text(storage.read(id))).toBe('half');
    });

    it('leaves nothing of a discarded draft', async () => {
      const id = randomUUID();
      const draft = await storage.create(id);
      await pipeline(Readable.from(['half']), draft.writable());
      await draft.discard();
      await draft.discard();
      await expect(readFile(draft.path)).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await storage.find(id)).toBeUndefined();
    });

    it('keeps two drafts of one file apart: the last one that is committed stands, as a whole', async () => {
      const name = derivedName(randomUUID(), 'sections.ndjson');
      const [one, two] = [await storage.create(name), await storage.create(name)];
      await writeFile(one.path, 'one');
      await writeFile(two.path, 'the other');
      await two.commit();
      await one.commit();
      expect(await text(storage.read(name))).toBe('one');
    });

    it('says that a file is missing', async () => {
      const id = randomUUID();
      expect(await storage.find(id)).toBeUndefined();
      await expect(text(storage.read(id))).rejects.toMatchObject({ name: 'UploadStorageError', reason: 'missing' });
      await expect(storage.localCopy(id)).rejects.toMatchObject({ name: 'UploadStorageError', reason: 'missing' });
    });

    it('deletes a file, and takes a second delete for done', async () => {
      const id = randomUUID();
      await store(storage, id, 'x');
      await storage.delete(id);
      await storage.delete(id);
      expect(await storage.find(id)).toBeUndefined();
      expect(await listAll(storage, id)).toEqual([]);
    });

    it('lists uploads and derived files apart, a page at a time, with size and age', async () => {
      const ids = Array.from({ length: 5 }, () => randomUUID());
      const [first = randomUUID()] = ids;
      for (const id of ids) await store(storage, id, 'xy');
      const derived = [derivedName(first, 'sections.ndjson'), derivedName(first, 'chunks.ndjson')];
      for (const name of derived) await store(storage, name, 'x');
      const known = new Set<string>(ids);
      const uploads = (await listAll(storage, '', 2)).filter(({ name: each }) => known.has(each));
      expect(uploads.map((file) => file.name).sort()).toEqual([...ids].sort());
      expect(uploads[0]).toEqual({ name: expect.any(String), sizeBytes: 2, modifiedAt: expect.any(Date) });
      expect((await listAll(storage, 'derived/')).map((file) => file.name)).toEqual(expect.arrayContaining(derived));
      const own = await listAll(storage, `derived/${first}.`, 1);
      expect(own.map((file) => file.name).sort()).toEqual([...derived].sort());
      expect(own.map((file) => uploadIdOf(file.name))).toEqual([first, first]);
    });

    it('gives a path to the bytes, to several users at once', async () => {
      const id = randomUUID();
      await store(storage, id, 'words');
      const [one, other] = await Promise.all([storage.localCopy(id), storage.localCopy(id)]);
      for (const { path } of [one, other]) expect(await readFile(path, 'utf8')).toBe('words');
      one.release();
      expect(await readFile(other.path, 'utf8')).toBe('words');
      other.release();
    });

    it.each(['', '.', '..', '../x', '/etc/passwd', 'a/b/c', 'derived/../x', '.hidden', 'derived/', 'a\u0000b', 'a b'])(
      'takes no file of the name %j',
      async (bad) => {
        await expect(storage.create(bad)).rejects.toThrow(TypeError);
        await expect(storage.find(bad)).rejects.toThrow(TypeError);
        await expect(storage.delete(bad)).rejects.toThrow(TypeError);
        await expect(storage.localCopy(bad)).rejects.toThrow(TypeError);
        expect(() => storage.read(bad)).toThrow(TypeError);
      },
    );
  });
}

import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createTestS3, TcpProxy, type TestS3 } from '@taskwire/test-kit';
import { eventually, useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createUploadStorage } from '../create-upload-storage.ts';
import type { S3Settings } from '../settings/upload-settings.ts';
import { derivedName } from '../storage/file-name.ts';
import type { UploadStorage } from '../storage/upload-storage.ts';
import { S3Storage } from './s3-storage.ts';
import { listAll, storageSuite, store } from '../testing/storage-suite.ts';

const MIB = 1_024 * 1_024;

let s3: TestS3;
let proxy: TcpProxy;
const opened: UploadStorage[] = [];

beforeAll(async () => {
  s3 = await createTestS3();
  proxy = await TcpProxy.openBefore(s3.endpoint);
  for (const [name, value] of Object.entries(s3.credentials)) vi.stubEnv(name, value);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await Promise.all(opened.map((storage) => storage.close()));
  vi.unstubAllEnvs();
  await proxy.close();
  await s3.stop();
});

/** Opens the storage behind the proxy, as a process of its own would. */
async function openStorage(changed: Partial<S3Settings> = {}): Promise<UploadStorage> {
  const storage = await createUploadStorage(settingsWith(changed));
  opened.push(storage);
  return storage;
}

function settingsWith(changed: Partial<S3Settings>): S3Settings {
  return {
    ...{ type: 's3', bucket: s3.bucket, endpoint: `http://127.0.0.1:${proxy.port}`, region: 'us-east-1' },
    ...{ prefix: 'team/', forcePathStyle: true, localBytes: 10 * MIB },
    ...changed,
  };
}

storageSuite('S3-compatible storage', () => openStorage());
storageSuite('S3-compatible storage without a prefix', () => openStorage({ prefix: '' }));

describe('S3Storage', () => {
  it('shows a file to other processes, and keeps deployments with other prefixes apart', async () => {
    const [one, other, foreign] = [await openStorage(), await openStorage(), await openStorage({ prefix: 'others/' })];
    const id = randomUUID();
    await store(one, id, 'words');
    expect(await text(other.read(id))).toBe('words');
    expect(await foreign.find(id)).toBeUndefined();
    expect(await listAll(foreign, '')).toEqual([]);
  });

  it('lists everything beyond one page of the storage', async () => {
    const storage = await openStorage({ prefix: 'many/' });
    const ids = Array.from({ length: 25 }, () => randomUUID());
    for (const id of ids) await store(storage, id, 'x');
    expect((await listAll(storage, '', 7)).map(({ name }) => name).sort()).toEqual(ids.toSorted());
  });

  it('leaves nothing of its check in the bucket', async () => {
    const storage = await openStorage({ prefix: 'checked/' });
    await storage.prepare();
    expect(await listAll(storage, '')).toEqual([]);
  });
});

describe('copies on this machine', () => {
  it('are downloaded once while somebody uses them, and stay for the next user', async () => {
    const storage = await openStorage();
    const id = randomUUID();
    await store(storage, id, 'words');
    const [one, other] = await Promise.all([storage.localCopy(id), storage.localCopy(id)]);
    expect(other.path).toBe(one.path);
    one.release();
    other.release();
    const refuse = proxy.refuse();
    const again = await storage.localCopy(id);
    expect(await readFile(again.path, 'utf8')).toBe('words');
    again.release();
    refuse();
  });

  it('go, the longest unused first, when the unused ones take up more than their bound', async () => {
    const storage = await openStorage({ localBytes: 2 * MIB });
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const paths: string[] = [];
    for (const id of ids) await store(storage, id, Buffer.alloc(MIB));
    const held = await storage.localCopy(ids[0] ?? '');
    for (const id of ids.slice(1)) {
      const copy = await storage.localCopy(id);
      paths.push(copy.path);
      copy.release();
      copy.release();
    }
    const left = () => readdir(dirname(held.path)).then((names) => names.filter((name) => !name.endsWith('.partial')));
    // The one in use is beside the bound.
    await eventually(async () => expect(await left()).toHaveLength(3));
    await expect(readFile(paths[0] ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await readFile(held.path)).byteLength).toBe(MIB);
    held.release();
    await eventually(async () => expect(await left()).toHaveLength(2));
  });

  it('are made again for a file that is replaced; a reader of the earlier one keeps it', async () => {
    const storage = await openStorage();
    const name = derivedName(randomUUID(), 'sections.ndjson');
    await store(storage, name, 'first');
    const [held, unused] = [await storage.localCopy(name), await storage.localCopy(name)];
    unused.release();
    await store(storage, name, 'second');
    const second = await storage.localCopy(name);
    expect([await readFile(held.path, 'utf8'), await readFile(second.path, 'utf8')]).toEqual(['first', 'second']);
    held.release();
    await eventually(() => expect(readFile(held.path)).rejects.toMatchObject({ code: 'ENOENT' }));
    second.release();
    await store(storage, name, 'third');
    const third = await storage.localCopy(name);
    expect(await readFile(third.path, 'utf8')).toBe('third');
    third.release();
  });

  it('go with the file, and all of them with the process', async () => {
    const storage = await openStorage();
    const [deleted, kept] = [randomUUID(), randomUUID()];
    for (const id of [deleted, kept]) await store(storage, id, 'x');
    const copies = [await storage.localCopy(deleted), await storage.localCopy(kept)];
    for (const copy of copies) copy.release();
    await storage.delete(deleted);
    await expect(readFile(copies[0]?.path ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
    await storage.close();
    await expect(readdir(dirname(copies[1]?.path ?? ''))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the folder for drafts and copies', () => {
  const folder = useTemporaryFolder('copies');

  it('is made where the settings say; what a killed process left there goes at the next start', async () => {
    const localDirectory = join(folder.path, 'made');
    const storage = await openStorage({ localDirectory });
    const draft = await storage.create(randomUUID());
    expect(draft.path.startsWith(`${localDirectory}/taskwire-copies-`)).toBe(true);
    const { pid } = spawnSync('true');
    const machine = hostname().replaceAll(/[^\w.]/g, '_');
    const left = [`taskwire-copies-${machine}-${pid}-abc`, `taskwire-copies-${machine}-${process.pid}-left`];
    const kept = [`taskwire-copies-${machine}-1-abc`, 'taskwire-copies-elsewhere-1-abc', 'notes'];
    for (const name of [...left, ...kept]) await mkdir(join(localDirectory, name));
    await storage.prepare();
    expect((await readdir(localDirectory)).sort()).toEqual([basename(dirname(draft.path)), ...kept].sort());
  });

  it('is made again if a cleaner of temporary files has removed it', async () => {
    const localDirectory = join(folder.path, 'cleaned');
    const storage = await openStorage({ localDirectory });
    const id = randomUUID();
    await store(storage, id, 'words');
    (await storage.localCopy(id)).release();
    await rm(localDirectory, { recursive: true });
    const copies = await Promise.all([storage.localCopy(id), storage.localCopy(id)]);
    for (const copy of copies) expect(await readFile(copy.path, 'utf8')).toBe('words');
    await rm(localDirectory, { recursive: true });
    await store(storage, id, 'other words');
    expect(await text(storage.read(id))).toBe('other words');
    await storage.close();
    expect(await readdir(localDirectory)).toEqual([]);
  });

  it('that cannot be written is named', async () => {
    await writeFile(join(folder.path, 'file'), 'x');
    const storage = await openStorage({ localDirectory: join(folder.path, 'file', 'copies') });
    await expect(storage.create(randomUUID())).rejects.toMatchObject({
      reason: 'refused',
      message: expect.stringContaining('UPLOAD_S3_LOCAL_DIRECTORY'),
    });
  });
});

describe('a storage that is away', () => {
  it('differs from a missing file, at every call', async () => {
    const storage = await openStorage();
    const id = randomUUID();
    await store(storage, id, 'x');
    const draft = await storage.create(id);
    await writeFile(draft.path, 'y');
    proxy.refuse();
    const away = { name: 'UploadStorageError', reason: 'unavailable' };
    await expect(storage.prepare()).rejects.toMatchObject(away);
    await expect(storage.find(id)).rejects.toMatchObject(away);
    await expect(text(storage.read(id))).rejects.toMatchObject(away);
    await expect(storage.localCopy(id)).rejects.toMatchObject(away);
    await expect(storage.delete(id)).rejects.toMatchObject(away);
    await expect(listAll(storage, '')).rejects.toMatchObject(away);
    await expect(draft.commit()).rejects.toMatchObject(away);
    proxy.restore();
    expect(await text(storage.read(id))).toBe('x');
    await draft.commit();
    expect(await text(storage.read(id))).toBe('y');
  });

  it('for a moment, in the middle of a read, costs the reader nothing: it goes on from the next byte', async () => {
    const storage = await openStorage();
    const id = randomUUID();
    const content = Buffer.from(Uint8Array.from({ length: 20 * MIB }, (_, index) => (index * 31) % 253));
    await store(storage, id, content);
    let cuts = 0;
    let seen = 0;
    const watched = storage.read(id).on('data', (chunk: Buffer) => {
      seen += chunk.byteLength;
      if (cuts >= 4 || seen < (cuts + 1) * 3 * MIB) return;
      cuts += 1;
      proxy.cut();
    });
    expect((await buffer(watched)).equals(content)).toBe(true);
    expect(cuts).toBe(4);
  });

  it('for a moment, in the middle of a read, never joins two versions of a file that is replaced just then', async () => {
    const storage = await openStorage();
    const name = derivedName(randomUUID(), 'sections.ndjson');
    await store(storage, name, Buffer.alloc(20 * MIB, 'a'));
    const reading = storage.read(name)[Symbol.asyncIterator]();
    await reading.next();
    await store(storage, name, Buffer.alloc(20 * MIB, 'b'));
    proxy.cut();
    const restOfFile = async () => {
      while (!(await reading.next()).done);
    };
    await expect(restOfFile()).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('and says nothing, in the middle of a read, is asked again on another connection', async () => {
    const storage = await S3Storage.open(settingsWith({}), 300);
    opened.push(storage);
    const id = randomUUID();
    const content = Buffer.alloc(8 * MIB, 'abcdefg');
    await store(storage, id, content);
    let seen = 0;
    const watched = storage.read(id).on('data', (chunk: Buffer) => {
      if (seen < MIB && seen + chunk.byteLength >= MIB) proxy.silence();
      seen += chunk.byteLength;
    });
    expect((await buffer(watched)).equals(content)).toBe(true);
    proxy.stall();
    await expect(text(storage.read(id))).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(storage.find(id)).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('in the middle of a write leaves no part of the file, and the same draft can be sent again', async () => {
    const storage = await openStorage();
    const id = randomUUID();
    const draft = await storage.create(id);
    await pipeline(Readable.from([Buffer.alloc(30 * MIB, 'z')]), draft.writable());
    // The bytes are on their way, and none arrives: the tests' server, other than S3, keeps a part of an object.
    proxy.stall();
    const sending = draft.commit();
    sending.catch(() => undefined);
    await eventually(() => expect(proxy.connections).toBeGreaterThan(0));
    proxy.refuse();
    await expect(sending).rejects.toMatchObject({ reason: 'unavailable' });
    proxy.restore();
    expect(await storage.find(id)).toBeUndefined();
    await draft.commit();
    expect(await storage.find(id)).toMatchObject({ sizeBytes: 30 * MIB });
  });
});

describe('a storage that refuses', () => {
  it.each<[string, Partial<S3Settings>, RegExp]>([
    ['a bucket that does not exist', { bucket: 'nowhere' }, /^UPLOAD_S3_BUCKET: there is no such bucket: create it/],
  ])('names the remedy at the start: %s', async (_what, changed, message) => {
    const storage = await openStorage(changed);
    await expect(storage.prepare()).rejects.toMatchObject({
      reason: 'refused',
      message: expect.stringMatching(message),
    });
    await expect(storage.find(randomUUID())).rejects.toMatchObject({ reason: 'refused' });
    await expect(text(storage.read(randomUUID()))).rejects.toMatchObject({ reason: 'refused' });
  });

  it.each<[string, string, RegExp]>([
    ['403 Forbidden', 'InvalidAccessKeyId', /AWS_ACCESS_KEY_ID/],
    ['403 Forbidden', 'SignatureDoesNotMatch', /AWS_SECRET_ACCESS_KEY/],
    ['403 Forbidden', 'RequestTimeTooSkewed', /clock|AWS_ACCESS_KEY_ID/],
    ['301 Moved Permanently', 'PermanentRedirect', /UPLOAD_S3_REGION/],
    ['400 Bad Request', 'AuthorizationHeaderMalformed', /UPLOAD_S3_(REGION|ENDPOINT)/],
  ])('names the remedy of an answer, and shows no key of it: %s, %s', async (status, code, message) => {
    const storage = await openStorage();
    const body = `<Error><Code>${code}</Code><Message>no</Message><AWSAccessKeyId>hunter2</AWSAccessKeyId></Error>`;
    proxy.answer(
      `HTTP/1.1 ${status}\r\nContent-Type: application/xml\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    const error: unknown = await text(storage.read(randomUUID())).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: 'refused', message: expect.stringMatching(message) });
    expect(JSON.stringify([error, Object.entries(error instanceof Error ? (error.cause ?? {}) : {})])).not.toContain(
      'hunter2',
    );
    await expect(storage.prepare()).rejects.toMatchObject({ reason: 'refused' });
  });

  it('takes a page of a proxy for an outage, not for a missing file', async () => {
    const storage = await openStorage();
    const body = '<html>no such site</html>';
    proxy.answer(`HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    await expect(text(storage.read(randomUUID()))).rejects.not.toMatchObject({ reason: 'missing' });
    await expect(storage.find(randomUUID())).rejects.not.toMatchObject({ reason: 'missing' });
    proxy.restore();
    proxy.answer('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    await expect(storage.find(randomUUID())).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('never takes a whole file for the part that was asked for', async () => {
    const storage = await openStorage();
    proxy.answer('HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789');
    expect(await text(storage.read(randomUUID()))).toBe('0123456789');
    await expect(text(storage.read(randomUUID(), { start: 3 }))).rejects.toMatchObject({ reason: 'refused' });
  });

  it('names the variables of missing credentials', async () => {
    for (const name of Object.keys(s3.credentials)) vi.stubEnv(name, '');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    try {
      const storage = await openStorage();
      await expect(storage.prepare()).rejects.toMatchObject({
        reason: 'refused',
        message: expect.stringMatching(/no credentials .* AWS_ACCESS_KEY_ID/),
      });
    } finally {
      for (const [name, value] of Object.entries(s3.credentials)) vi.stubEnv(name, value);
    }
  });
});

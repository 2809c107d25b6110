import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { TaskAddress } from '@taskwire/event-log';
import { createTestS3, TcpProxy, type TestS3 } from '@taskwire/test-kit';
import { createUploadStorage, derivedName, type UploadStorage } from '@taskwire/uploads';
import { uploadIdSchema } from '@taskwire/tasks';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskHandler } from '../context/handler.ts';
import { handle } from '../handle.ts';
import { Sweeper } from '../sweeping/sweeper.ts';
import { DEFAULT_SWEEPING } from '../sweeping/sweep-dependencies.ts';
import { TaskError } from '../task-error.ts';
import { pictureTask } from '../testing/picture-task.ts';
import { readPicture } from '../testing/read-picture.ts';
import { createRunner, createTask, jobOf, readEvents, readRow, useTestBackend } from '../testing/test-backend.ts';

const SIZE_BYTES = 6_000_000;
const { kind } = pictureTask;

const backend = useTestBackend();
let s3: TestS3;
let proxy: TcpProxy;
let storage: UploadStorage;

beforeAll(async () => {
  s3 = await createTestS3();
  for (const [name, value] of Object.entries(s3.credentials)) vi.stubEnv(name, value);
  proxy = await TcpProxy.openBefore(s3.endpoint);
  const address = { bucket: s3.bucket, endpoint: `http://127.0.0.1:${proxy.port}`, region: 'us-east-1' };
  storage = await createUploadStorage({ type: 's3', ...address, prefix: '', forcePathStyle: true, localBytes: 0 });
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await storage.close();
  vi.unstubAllEnvs();
  await proxy.close();
  await s3.stop();
});

async function store(name: string, content: Uint8Array): Promise<void> {
  const draft = await storage.create(name);
  await writeFile(draft.path, content);
  await draft.commit();
}

/** A picture of ada's in the bucket. */
async function addPicture(): Promise<string> {
  const facts = { ownerId: 'ada', fileName: 'a.png', mediaType: 'image/png', sizeBytes: SIZE_BYTES };
  const { id } = await backend.database.upload.create({ data: facts });
  await store(id, Buffer.alloc(SIZE_BYTES, 'p'));
  return id;
}

async function addTask(): Promise<TaskAddress> {
  return createTask(backend, pictureTask, { image: uploadIdSchema.parse(await addPicture()) });
}

const run = (task: TaskAddress, handler: TaskHandler, triesLeft = 0) =>
  createRunner({ ...backend, storage }, { handlers: [handler] }).run(jobOf(task, kind, triesLeft));
const lastEvent = async (task: TaskAddress) => (await readEvents(backend, task)).at(-1);

describe.each<[string, TaskHandler]>([
  ['in the process', handle(pictureTask, readPicture)],
  ['in a thread', handle(pictureTask, { thread: new URL('../testing/picture-thread.ts', import.meta.url) })],
])('a handler %s', (_where, handler) => {
  it('reads an upload in a bucket: all bytes, a stream, a path', async () => {
    const task = await addTask();
    expect(await run(task, handler)).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({
      status: 'done',
      output: { mediaType: 'image/png', lengths: [SIZE_BYTES, SIZE_BYTES, SIZE_BYTES] },
    });
  });

  it('fails while the storage is away, at the cost of no try, and runs again once it is back', async () => {
    const task = await addTask();
    proxy.refuse();
    expect(await run(task, handler)).toBe('later');
    expect(await lastEvent(task)).toMatchObject({
      type: 'retrying',
      error: { code: 'UPLOADS_UNAVAILABLE', message: expect.stringContaining('the task goes on when it is back') },
    });
    expect(await readRow(backend, task)).toMatchObject({ status: 'retrying' });
    proxy.restore();
    expect(await run(task, handler)).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('ends the task for good if the file is gone', async () => {
    const image = uploadIdSchema.parse(await addPicture());
    const task = await createTask(backend, pictureTask, { image });
    await storage.delete(image);
    expect(await run(task, handler, 2)).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'UPLOAD_MISSING' });
  });
});

describe('a handler', () => {
  it('whose read is cut in the middle goes on from the next byte', async () => {
    const task = await addTask();
    const handler = handle(pictureTask, async (ctx, { image }) => {
      const upload = await ctx.openUpload(image);
      let length = 0;
      for await (const chunk of upload.stream()) {
        if (length === 0) proxy.cut();
        length += Buffer.from(chunk).length;
      }
      return { mediaType: upload.mediaType, lengths: [length] };
    });
    expect(await run(task, handler)).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { lengths: [SIZE_BYTES] } });
  });

  it('that puts an outage into an error of its own uses up a try; one that passes it on as a cause does not', async () => {
    const failing = (wrap: (cause: unknown) => Error) =>
      handle(pictureTask, async (ctx, { image }) => {
        const upload = await ctx.openUpload(image);
        proxy.refuse();
        await upload.bytes().catch((error: unknown) => {
          throw wrap(error);
        });
        return { mediaType: upload.mediaType, lengths: [] };
      });
    const own = await addTask();
    expect(
      await run(
        own,
        failing((cause) => new TaskError('NO_PICTURE', 'there is no picture', { cause })),
        1,
      ),
    ).toBe('retry');
    expect(await lastEvent(own)).toMatchObject({ type: 'retrying', error: { code: 'NO_PICTURE' } });
    proxy.restore();
    const passedOn = await addTask();
    expect(
      await run(
        passedOn,
        failing((cause) => new Error('could not read', { cause })),
        1,
      ),
    ).toBe('later');
  });

  it('has ended its use of a copy when its attempt ends', async () => {
    const [task, paths] = [await addTask(), new Set<string>()];
    const handler = handle(pictureTask, async (ctx, { image }) => {
      const upload = await ctx.openUpload(image);
      paths.add(await upload.path());
      paths.add(await upload.path());
      return { mediaType: upload.mediaType, lengths: [] };
    });
    const released = vi.fn();
    const open = storage.localCopy.bind(storage);
    vi.spyOn(storage, 'localCopy').mockImplementation(async (name) => ({ ...(await open(name)), release: released }));
    expect(await run(task, handler)).toBe('finished');
    expect(paths.size).toBe(1);
    await vi.waitFor(() => expect(released).toHaveBeenCalledOnce());
    vi.restoreAllMocks();
  });
});

describe('a sweep of a bucket', () => {
  it('deletes leftovers beyond one page, and keeps uploads with rows and what is derived from them', async () => {
    const kept = await addPicture();
    const derived = [derivedName(kept, 'sections.ndjson'), derivedName(randomUUID(), 'sections.ndjson')];
    for (const name of derived) await store(name, Buffer.from('{}'));
    for (let index = 0; index < 120; index += 1) await store(randomUUID(), Buffer.from('x'));
    const { database, eventLog } = backend;
    const logger = pino({ level: 'silent' });
    const all = { ...DEFAULT_SWEEPING, leftoversKeptMs: -60_000 };
    const sweep = () =>
      new Sweeper({ database, eventLog, storage, logger, sweeping: all }).sweep(new AbortController().signal);
    expect(await sweep()).toMatchObject({ uploads: 0, files: 121 });
    expect(await storage.find(kept)).toBeDefined();
    expect(await storage.find(derived[0] ?? '')).toBeDefined();
    expect(await storage.find(derived[1] ?? '')).toBeUndefined();
    proxy.refuse();
    expect(await sweep()).toMatchObject({ files: 0 });
  });
});

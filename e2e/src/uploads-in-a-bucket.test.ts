import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import { migrateDocuments } from '@taskwire/documents';
import { bearer, createTaskwireServer } from '@taskwire/server';
import { defineTask, latest, upload } from '@taskwire/tasks';
import { createTestS3, TcpProxy, type TestS3 } from '@taskwire/test-kit';
import { eventually, openTestServers, useTemporaryFolder, type TestServers } from '@taskwire/test-kit/vitest';
import { createTaskwireWorker, handle, type TaskwireWorker } from '@taskwire/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SECRET = 'a secret that only the tests of the whole system use';
const logger = pino({ level: 'silent' });

const measure = defineTask({
  kind: 'image.measure',
  input: z.object({ image: upload({ accept: ['image/png', 'image/jpeg'] }) }),
  output: z.object({ width: z.int(), height: z.int(), mediaType: z.string() }),
  stages: [{ name: 'measure', weight: 1 }],
  channels: { size: latest(z.object({ bytes: z.int() })) },
});

const measureImage = handle(measure, async (ctx, { image }) => {
  const picture = await ctx.openUpload(image);
  return ctx.stage('measure', async () => {
    const bytes = await picture.bytes();
    await ctx.channel('size').send({ bytes: bytes.length });
    // The size stands in the first part of a PNG.
    const file = await readFile(await picture.path());
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20), mediaType: picture.mediaType };
  });
});

const serverFolder = useTemporaryFolder('host-of-the-server');
const workerFolder = useTemporaryFolder('host-of-the-worker');
let servers: TestServers;
let s3: TestS3;
let proxy: TcpProxy;
let client: TaskwireClient;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  [servers, s3] = await Promise.all([openTestServers(), createTestS3()]);
  await migrateDocuments(servers.database);
  proxy = await TcpProxy.openBefore(s3.endpoint);
  for (const [name, value] of Object.entries(s3.credentials)) vi.stubEnv(name, value);
  const authenticate = bearer({ secret: SECRET });
  const server = createTaskwireServer({
    ...settingsOf(serverFolder.path, s3.endpoint),
    ...{ tasks: [measure], authenticate, port: 0, drainMs: 1_000 },
  });
  const url = await server.listen({ signals: false });
  const { token } = await authenticate.tokens.issue('ada');
  client = createTaskwireClient({ url, token });
  closing.push(server.close, () => client.close());
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  vi.unstubAllEnvs();
  await proxy.close();
  await Promise.all([servers.close(), s3.stop()]);
});

/** Settings of a process on a host of its own: it shares the bucket with others, and no folder. */
function settingsOf(folder: string, endpoint: string) {
  return {
    databaseUrl: servers.database.databaseUrl,
    redisUrl: servers.redis.redisUrl,
    uploadS3Bucket: s3.bucket,
    uploadS3Endpoint: endpoint,
    uploadS3Prefix: 'team',
    uploadS3LocalDirectory: join(folder, 'copies'),
    logger,
  };
}

async function startWorker(): Promise<TaskwireWorker> {
  const settings = settingsOf(workerFolder.path, `http://127.0.0.1:${proxy.port}`);
  const worker = createTaskwireWorker({ ...settings, handlers: [measureImage] });
  await worker.start({ signals: false });
  closing.push(() => worker.stop());
  return worker;
}

const picture = () => client.upload(new File([PNG], 'dot.txt'));
const filesIn = (folder: string) => readdir(folder, { recursive: true, withFileTypes: true });

async function outcomeOf(taskId: string) {
  for await (const message of client.watchTask(taskId, { task: measure })) {
    if (message.type === 'done') return message.output;
    if (message.type === 'error') throw new Error(message.message);
  }
  throw new Error('the watch ended before the task');
}

it('a picture that the server took is read by a worker on another host, through the bucket', async () => {
  const { uploadId, mediaType } = await picture();
  expect(mediaType).toBe('image/png');
  const left = (await filesIn(serverFolder.path)).filter((entry) => entry.isFile());
  expect(left).toEqual([]);
  const worker = await startWorker();
  const { taskId } = await client.tasks.create(measure, { image: uploadId });
  expect(await outcomeOf(taskId)).toEqual({ width: 1, height: 1, mediaType: 'image/png' });
  await worker.stop();
  expect((await filesIn(workerFolder.path)).filter((entry) => entry.isFile())).toEqual([]);
});

it('a text is refused, naming the pictures that the kind accepts', async () => {
  await expect(client.upload(new File(['words'], 'dot.png'))).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: expect.stringContaining('is text/plain; accepted are .png, .jpg'),
  });
});

it('a worker that has lost the bucket tries again until it is back, at the cost of no try', async () => {
  const { uploadId } = await picture();
  await startWorker();
  proxy.refuse();
  const { taskId } = await client.tasks.create(measure, { image: uploadId });
  // More often than a task has tries.
  await eventually(async () => {
    const { status, attempt } = await client.tasks.get(taskId, { task: measure });
    expect(status).toBe('retrying');
    expect(attempt).toBeGreaterThan(3);
  });
  proxy.restore();
  expect(await outcomeOf(taskId)).toMatchObject({ width: 1 });
});

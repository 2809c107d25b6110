import { randomUUID } from 'node:crypto';
import { access, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { defineTask, upload } from '@taskwire/tasks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { addUpload, createTask, useTestBackend } from '../testing/test-backend.ts';
import { createReconciler } from '../reconciling/testing/reconciling-backend.ts';
import { Sweeper } from './sweeper.ts';
import { DEFAULT_SWEEPING, type SweepSettings } from './sweep-dependencies.ts';
import { countTask } from '../testing/test-tasks.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const unbounded = new AbortController().signal;

const backend = useTestBackend();
let lines: string[] = [];

beforeEach(async () => {
  lines = [];
  await backend.database.task.deleteMany();
  await backend.database.upload.deleteMany();
  await rm(backend.uploadDirectory, { recursive: true, force: true });
  await mkdir(backend.uploadDirectory);
});
afterEach(() => vi.restoreAllMocks());

function createSweeper(settings: Partial<SweepSettings> = {}): Sweeper {
  const { database, eventLog, storage } = backend;
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  return new Sweeper({ database, eventLog, storage, logger, sweeping: { ...DEFAULT_SWEEPING, ...settings } });
}

const sweep = (settings: Partial<SweepSettings> = {}) => createSweeper(settings).sweep(unbounded);
const NOTHING = { tasks: 0, histories: 0, uploads: 0, files: 0 };

/** A task that ended so long ago. */
async function endedTask(daysAgo: number, uploads: readonly string[] = []): Promise<string> {
  const { taskId } = await createTask(backend, countTask, { to: 3 });
  const endedAt = new Date(Date.now() - daysAgo * DAY_MS);
  await backend.database.task.update({
    where: { id: taskId },
    data: {
      status: 'done',
      endedAt,
      archivedAt: endedAt,
      uploads: { create: uploads.map((uploadId) => ({ uploadId })) },
    },
  });
  await backend.database.taskHistory.create({ data: { taskId, fromSeq: 1, toSeq: 1, events: [] } });
  return taskId;
}

/** A task that names its upload as versions before 20261127 did. */
const fileTask = defineTask({
  kind: 'test.file',
  input: z.object({ uploadId: upload() }),
  output: z.object({}),
  stages: [{ name: 'read', weight: 1 }],
});

async function runningTask(uploadId: string): Promise<string> {
  const { taskId } = await createTask(backend, fileTask, { uploadId });
  const data = { status: 'running' as const, uploads: { create: [{ uploadId }] } };
  await backend.database.task.update({ where: { id: taskId }, data });
  return taskId;
}

async function oldUpload(daysAgo = 2): Promise<string> {
  const uploadId = await addUpload(backend, 'text/plain', 'words');
  const createdAt = new Date(Date.now() - daysAgo * DAY_MS);
  await backend.database.upload.update({ where: { id: uploadId }, data: { createdAt } });
  return uploadId;
}

async function addFile(name: string, daysAgo: number): Promise<string> {
  const path = join(backend.uploadDirectory, name);
  await mkdir(join(backend.uploadDirectory, 'derived'), { recursive: true });
  await writeFile(path, 'x');
  const at = new Date(Date.now() - daysAgo * DAY_MS);
  await utimes(path, at, at);
  return path;
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const taskIds = async () => (await backend.database.task.findMany({ select: { id: true } })).map(({ id }) => id);

describe('a sweep', () => {
  it('keeps ended tasks and their history for ever by default', async () => {
    const task = await endedTask(5_000);
    expect(await sweep()).toEqual(NOTHING);
    expect(await taskIds()).toEqual([task]);
    expect(lines).toEqual([]);
  });

  it('deletes tasks that ended long enough ago, with log, uploads and files, and returns their number', async () => {
    const uploadId = await oldUpload(100);
    const [old, young] = [await endedTask(31, [uploadId]), await endedTask(29)];
    expect(await sweep({ tasksKeptMs: 30 * DAY_MS })).toEqual({ ...NOTHING, tasks: 1, uploads: 1 });
    expect(await taskIds()).toEqual([young]);
    expect(await isThere(join(backend.uploadDirectory, uploadId))).toBe(false);
    expect(await backend.redis.command(`KEYS *${old}:log`)).toBe('*0');
    expect(lines.join('')).toContain('"tasks":1');
  });

  it('reaches all of many, a page at a time', async () => {
    const { projectId } = await createTask(backend, countTask, {});
    const endedAt = new Date(0);
    const row = { ownerId: 'ada', projectId, kind: 'demo.count', input: {}, priority: 5, status: 'done' as const };
    const data = Array.from({ length: 250 }, () => ({ ...row, endedAt, archivedAt: endedAt }));
    await backend.database.task.createMany({ data });
    expect(await sweep({ tasksKeptMs: DAY_MS })).toMatchObject({ tasks: 250 });
    expect(await taskIds()).toHaveLength(1);
  });

  it('never deletes a task that has not ended, or whose end is not archived', async () => {
    const upload = await oldUpload();
    const running = await runningTask(upload);
    const unarchived = await endedTask(100);
    await backend.database.task.update({ where: { id: unarchived }, data: { archivedAt: null } });
    expect(await sweep({ tasksKeptMs: 1, uploadsKeptMs: 1 })).toEqual(NOTHING);
    expect(new Set(await taskIds())).toEqual(new Set([running, unarchived]));
    expect(await isThere(join(backend.uploadDirectory, upload))).toBe(true);
  });

  it('deletes histories that are old enough, and leaves the tasks', async () => {
    const [old, young] = [await endedTask(8), await endedTask(6)];
    const sweeper = createSweeper({ historyKeptMs: 7 * DAY_MS });
    expect(await sweeper.sweep(unbounded)).toEqual({ ...NOTHING, histories: 1 });
    expect(await backend.database.taskHistory.findMany({ select: { taskId: true } })).toEqual([{ taskId: young }]);
    expect(await taskIds()).toContain(old);
    await endedTask(7.5);
    expect(await sweeper.sweep(unbounded)).toEqual({ ...NOTHING, histories: 1 });
  });

  it('deletes uploads that no task uses, once they are old enough', async () => {
    const [unused, used, young] = [await oldUpload(), await oldUpload(), await oldUpload(0.5)];
    await endedTask(1, [used]);
    expect(await sweep()).toEqual({ ...NOTHING, uploads: 1 });
    const left = await backend.database.upload.findMany({ select: { id: true } });
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set([used, young]));
    expect(await isThere(join(backend.uploadDirectory, unused))).toBe(false);
    expect(await isThere(join(backend.uploadDirectory, used))).toBe(true);
  });

  it('keeps an upload while something holds it', async () => {
    const held = await oldUpload(100);
    await endedTask(31, [held]);
    await backend.database.uploadHold.create({ data: { uploadId: held, holder: 'document:1' } });
    expect(await sweep({ tasksKeptMs: 30 * DAY_MS })).toEqual({ ...NOTHING, tasks: 1 });
    expect(await isThere(join(backend.uploadDirectory, held))).toBe(true);
    await backend.database.uploadHold.deleteMany();
    expect(await sweep()).toEqual({ ...NOTHING, uploads: 1 });
  });

  it('keeps an upload that a task of an earlier version names in its input alone', async () => {
    const uploadId = await oldUpload();
    const { taskId } = await createTask(backend, fileTask, { uploadId });
    await backend.database.task.update({ where: { id: taskId }, data: { status: 'done' } });
    expect(await sweep()).toEqual(NOTHING);
    expect(await backend.database.taskUpload.findMany()).toEqual([{ taskId, uploadId }]);
  });

  it('deletes files that crashes left, and no file that a running task may use or that belongs to no upload', async () => {
    const used = await oldUpload();
    await runningTask(used);
    const known = await oldUpload(0);
    const gone = [
      await addFile(`${randomUUID()}.partial`, 2),
      await addFile(randomUUID(), 2),
      await addFile(`${known}.sections.${randomUUID()}-1.partial`, 2),
      await addFile(`derived/${randomUUID()}.sections.ndjson`, 2),
      await addFile(`derived/${known}.sections.ndjson`, 8),
    ];
    const kept = [
      await addFile(`${randomUUID()}.partial`, 0.5),
      await addFile(randomUUID(), 0.5),
      await addFile(`${used}.sections.${randomUUID()}-1.partial`, 30),
      await addFile(`derived/${used}.sections.ndjson`, 30),
      await addFile(`derived/${known}.sections.ndjson.other`, 6),
      await addFile('somebody-elses.txt', 100),
      await addFile('README', 100),
    ];
    expect(await sweep()).toEqual({ ...NOTHING, files: gone.length });
    for (const path of gone) expect([path, await isThere(path)]).toEqual([path, false]);
    for (const path of kept) expect([path, await isThere(path)]).toEqual([path, true]);
  });

  it('goes on when the folder is missing, and when a step fails, which it logs', async () => {
    await rm(backend.uploadDirectory, { recursive: true });
    expect(await sweep()).toEqual(NOTHING);
    await writeFile(backend.uploadDirectory, 'not a folder');
    const task = await endedTask(2);
    expect(await sweep({ tasksKeptMs: DAY_MS })).toMatchObject({ tasks: 1 });
    expect(await taskIds()).not.toContain(task);
    expect(lines.filter((line) => line.includes('could not be swept'))).toMatchObject([
      expect.stringContaining('"step":"files"'),
    ]);
    await rm(backend.uploadDirectory);
    await mkdir(backend.uploadDirectory);
  });

  it('deletes rows although Redis refuses: the log expires by itself', async () => {
    vi.spyOn(backend.eventLog, 'remove').mockRejectedValue(new Error('Redis is away'));
    await endedTask(2);
    expect(await sweep({ tasksKeptMs: DAY_MS })).toMatchObject({ tasks: 1 });
  });

  it('follows a pass of the reconciler when it is due, and not each one', async () => {
    const sweeper = createSweeper();
    const sweeping = vi.spyOn(sweeper, 'sweep');
    const reconciler = createReconciler(backend, { sweeper });
    await reconciler.runOnce();
    await reconciler.runOnce();
    expect(sweeping).toHaveBeenCalledOnce();
  });
});

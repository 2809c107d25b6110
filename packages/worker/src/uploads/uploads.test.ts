import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkInput, upload, uploadIdSchema, type UploadId } from '@taskwire/tasks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  addUpload,
  createRunner,
  createTask,
  jobOf,
  useTestBackend,
  readRow,
  type CountHandler,
} from '../testing/test-backend.ts';
import { Uploads } from './uploads.ts';
import { countTask } from '../testing/test-tasks.ts';

const backend = useTestBackend();

const schema = z.object({ pages: z.array(z.object({ image: upload() })) });

/** Opens an upload as a task of ada's would whose input names the given ones. */
function opener(named: readonly string[]) {
  const check = checkInput(schema, { pages: named.map((image) => ({ image })) });
  if (!check.success) throw check.error;
  return new Uploads(backend).openerFor('ada', check.uploads).open;
}

describe('an upload that the input names', () => {
  it('is opened at any depth of the input: facts, all bytes, or a stream', async () => {
    const content = 'words '.repeat(50_000);
    const uploadId = await addUpload(backend, 'text/plain', content);
    const opened = await opener([uploadId])(uploadId);
    expect(opened).toMatchObject({
      uploadId,
      fileName: 'document',
      mediaType: 'text/plain',
      sizeBytes: content.length,
    });
    expect(Buffer.from(await opened.bytes()).toString()).toBe(content);
    expect(await text(opened.stream())).toBe(content);
    expect(await text(opened.stream())).toBe(content);
  });

  it('is opened for an id in upper or lower case', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'x');
    expect(await opener([uploadId.toUpperCase()])(uploadId)).toMatchObject({ uploadId });
  });

  it('shows no path of the folder, in no property of it or its stream', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'x');
    const opened = await opener([uploadId])(uploadId);
    const stream = opened.stream();
    expect(JSON.stringify([opened, Object.entries(stream)])).not.toContain(backend.uploadDirectory);
    expect('path' in stream).toBe(false);
    stream.destroy();
  });

  it('is missing if it is of another owner, without a row, or without a file', async () => {
    const foreign = await addUpload(backend, 'text/plain', 'x');
    await backend.database.upload.update({ where: { id: foreign }, data: { ownerId: 'eve' } });
    const gone = await addUpload(backend, 'text/plain', 'x');
    await rm(join(backend.uploadDirectory, gone));
    for (const uploadId of [foreign, gone, '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e']) {
      await expect(opener([uploadId])(uploadId)).rejects.toMatchObject({ code: 'UPLOAD_MISSING', permanent: true });
    }
  });

  it('is missing if its file goes after it was opened', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'x');
    const opened = await opener([uploadId])(uploadId);
    await rm(join(backend.uploadDirectory, uploadId));
    await expect(opened.bytes()).rejects.toMatchObject({ code: 'UPLOAD_MISSING' });
    await expect(text(opened.stream())).rejects.toMatchObject({ code: 'UPLOAD_MISSING' });
  });
});

describe('any other upload', () => {
  it('is not opened, even if the owner owns it: only ids in upload() fields open a file', async () => {
    const [named, other] = [await addUpload(backend, 'text/plain', 'x'), await addUpload(backend, 'text/plain', 'y')];
    for (const uploadId of [other, `../${named}`, '', 'x']) {
      await expect(opener([named])(uploadId)).rejects.toMatchObject({ code: 'UPLOAD_UNDECLARED', permanent: true });
    }
  });

  it('ends the task in error, naming the remedy, when a handler tries', async () => {
    const foreign = await addUpload(backend, 'text/plain', 'secret of eve');
    await backend.database.upload.update({ where: { id: foreign }, data: { ownerId: 'eve' } });
    const id: UploadId = uploadIdSchema.parse(foreign);
    const read: string[] = [];
    const handler: CountHandler = async (ctx) => {
      read.push(Buffer.from(await (await ctx.openUpload(id)).bytes()).toString());
      return { counted: 1 };
    };
    const task = await createTask(backend, countTask, { to: 1 });
    await createRunner(backend, { count: handler }).run(jobOf(task, 'demo.count', 2));
    expect(await readRow(backend, task)).toMatchObject({
      status: 'error',
      errorCode: 'UPLOAD_UNDECLARED',
      errorMessage: expect.stringContaining('declare the field as upload()'),
    });
    expect(read).toEqual([]);
  });
});

import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import { defineTask, latest, list, upload, type AnyTaskDefinition } from '@taskwire/tasks';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createFakeServer, type FakeTask } from '../index.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({ image: upload({ accept: ['image/png'] }), width: z.int().default(80) }),
  output: z.object({ file: z.string() }),
  stages: [
    { name: 'decode', weight: 1 },
    { name: 'resize', weight: 3 },
  ],
  channels: { preview: latest(z.string()), notes: list(z.string(), { keep: 2 }) },
});

const clients: TaskwireClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function start() {
  const server = createFakeServer({ tasks: [resizeImage] });
  const client = createTaskwireClient({ url: server.url, token: server.token, fetch: server.fetch });
  clients.push(client);
  return { server, client };
}

describe('a fake server', () => {
  it('lets a client create a task, whose worker is the test', async () => {
    const { server, client } = start();
    const image = new File(['x'], 'a.png', { type: 'image/png' });
    const { uploadId } = await client.upload(image, { fileName: 'a.png' });
    const created = await client.tasks.create(resizeImage, { image: uploadId });
    const task = await server.nextTask(resizeImage);
    expect(task.taskId).toBe(created.taskId);
    expect(task.input).toEqual({ image: uploadId, width: 80 });

    task.progress('decode', { current: 1, total: 2, itemName: 'row 1' });
    expect(task.state).toMatchObject({ status: 'running', percent: 12.5 });
    task.stage('decode', 'done').send('preview', 'a').send('notes', 'b').send('notes', 'c').send('notes', 'd');
    task.token('resize', 'he').token('resize', 'llo').done({ file: 'b.png' });
    const found = await client.tasks.get(created.taskId, { task: resizeImage });
    expect(found).toMatchObject({ status: 'done', output: { file: 'b.png' } });
    expect(task.state).toMatchObject({ channels: { preview: 'a', notes: ['c', 'd'] } });
    expect(task.state.stages[1]?.text).toBe('hello');
  });

  it('streams every event once, over cut streams and an absence', async () => {
    const { server, client } = start();
    const task = await server.createTask(resizeImage, { image: server.addUpload({ mediaType: 'image/png' }) });
    const seqs: number[] = [];
    const watched = (async () => {
      for await (const message of client.watchTask(task.taskId, { task: resizeImage })) {
        seqs.push(message.seq);
        if (message.type === 'progress' && message.current === 1) {
          server.cutStreams();
          task.progress('decode', { current: 2, total: 3 });
        }
        if (message.type === 'progress' && message.current === 2) {
          server.setAway(true);
          task.progress('decode', { current: 3, total: 3 });
          server.setAway(false);
          task.fail('BROKEN', 'it is broken');
        }
        if (message.type === 'snapshot') task.progress('decode', { current: 1, total: 3 });
      }
    })();
    await watched;
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    expect(task.state).toMatchObject({ status: 'error', error: { code: 'BROKEN' } });
  });

  it('gives the test the task that it creates, although a page has created one before', async () => {
    const { server, client } = start();
    const ofPage = await client.tasks.create(resizeImage, { image: server.addUpload({ mediaType: 'image/png' }) });
    const own = await server.createTask(resizeImage, { image: server.addUpload({ mediaType: 'image/png' }), width: 5 });
    expect(own.input.width).toBe(5);
    expect((await server.nextTask(resizeImage)).taskId).toBe(ofPage.taskId);
  });

  it('begins the next attempt after a retry', async () => {
    const { server } = start();
    const task = await server.createTask(resizeImage, { image: server.addUpload({ mediaType: 'image/png' }) });
    task.progress('decode', { current: 1, total: 2 }).retrying('AWAY', 'the disk is away');
    expect(task.state).toMatchObject({ status: 'retrying', attempt: 1, error: { code: 'AWAY' } });
    task.progress('decode', { current: 2, total: 2 });
    expect(task.state).toMatchObject({ status: 'running', attempt: 2 });
    expect(task.state.error).toBeUndefined();
  });

  it('refuses an event of a task that its page has canceled', async () => {
    const { server, client } = start();
    const task = await server.createTask(resizeImage, { image: server.addUpload({ mediaType: 'image/png' }) });
    await client.tasks.cancel(task.taskId);
    expect(() => task.progress('decode', { current: 1, total: 2 })).toThrow('its status is canceled');
    expect(task.state.status).toBe('canceled');
  });

  it('refuses a stage or channel that the kind does not have, naming those that it has', async () => {
    const { server } = start();
    const task: FakeTask<AnyTaskDefinition> = await server.createTask(resizeImage, {
      image: server.addUpload({ mediaType: 'image/png' }),
    });
    const stages = 'image.resize has no stage "crop"; its stages: "decode", "resize"';
    expect(() => task.stage('crop', 'running')).toThrow(stages);
    expect(() => task.progress('crop', { current: 1, total: 2 })).toThrow(stages);
    expect(() => task.token('crop', 'a')).toThrow(stages);
    expect(() => task.send('views', 'a')).toThrow(
      'image.resize has no channel "views"; its channels: "preview", "notes"',
    );
    expect(task.state.status).toBe('queued');
  });

  it('refuses a value that does not fit the schema, naming the kind and the channel or field', async () => {
    const { server } = start();
    const task: FakeTask<AnyTaskDefinition> = await server.createTask(resizeImage, {
      image: server.addUpload({ mediaType: 'image/png' }),
    });
    expect(() => task.send('preview', 5)).toThrow(/^image\.resize: channels\.preview: .*expected string/);
    expect(() => task.done({ file: 5 })).toThrow(/^image\.resize: output\.file: .*expected string/);
    expect(task.state.status).toBe('queued');
  });

  it('fails a request whose signal aborts, before it or during it', async () => {
    const { server, client } = start();
    const [before, during] = [new Error('before'), new Error('during')];
    await expect(
      client.upload(new Blob(['x']), { fileName: 'a', signal: AbortSignal.abort(before) }),
    ).rejects.toThrow();
    const stop = new AbortController();
    const body = new FormData();
    body.append('file', new File(['x'], 'a.txt'));
    const answer = server.fetch(`${server.url}/api/v1/uploads`, { method: 'POST', body, signal: stop.signal });
    stop.abort(during);
    await expect(answer).rejects.toBe(during);
  });

  it('refuses what a server refuses, naming the field', async () => {
    const { server, client } = start();
    await expect(client.tasks.create(resizeImage, { image: 'x' })).rejects.toMatchObject({
      fields: [{ path: 'input.image' }],
    });
    const text = server.addUpload({ mediaType: 'text/plain' });
    await expect(client.tasks.create(resizeImage, { image: text })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const stranger = createTaskwireClient({ url: server.url, token: 'other', fetch: server.fetch });
    clients.push(stranger);
    await expect(stranger.tasks.list()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SelectedEvent } from './index.ts';
import { TestBench } from './testing/test-bench.ts';
import { countTask, ingestTask } from './testing/test-tasks.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

test('retry answers with the new task, which names the old one', async () => {
  const taskId = await bench.runningTask();
  await expect(bench.client.tasks.retry(taskId)).rejects.toMatchObject({ code: 'CONFLICT', status: 409 });
  bench.done(taskId);
  const again = await bench.client.tasks.retry(taskId, { idempotencyKey: 'k' });
  expect(again).toMatchObject({ retryOf: taskId, status: 'queued', kind: 'demo.count' });
  expect((await bench.client.tasks.retry(taskId, { idempotencyKey: 'k' })).taskId).toBe(again.taskId);
});

test('history goes through every page, each event once', async () => {
  const taskId = await bench.runningTask();
  for (let index = 0; index < 1_200; index += 1) bench.write(taskId, { type: 'log', level: 'info', message: 'x' });
  bench.done(taskId);
  const events: SelectedEvent<undefined>[] = [];
  for await (const event of bench.client.tasks.history(taskId)) events.push(event);
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_204 }, (_each, index) => index + 1));
  const rest: number[] = [];
  for await (const { seq } of bench.client.tasks.history(taskId, { after: '1202' })) rest.push(seq);
  expect(rest).toEqual([1_203, 1_204]);
});

test("history of someone else's task is NOT_FOUND", async () => {
  const taskId = await bench.runningTask();
  const events = bench.connect(bench.server.issueToken('bob')).tasks.history(taskId)[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('polls from cursor to cursor get the messages of a watch, and end', async () => {
  const taskId = await bench.runningTask();
  const seqs: number[] = [];
  let lastEventId: string | undefined;
  for (let current = 1; ; current += 1) {
    const answer = await bench.client.tasks.poll(taskId, { lastEventId, waitMs: 0 });
    seqs.push(...answer.messages.map(({ seq }) => seq));
    ({ lastEventId } = answer);
    if (answer.ended) break;
    if (current < 4) bench.progress(taskId, current);
    else bench.done(taskId);
  }
  expect(seqs).toEqual([3, 4, 5, 6, 7]);
});

test('a held poll does not delay other calls, and can be aborted', async () => {
  const taskId = await bench.runningTask();
  const leaving = new AbortController();
  const polled = bench.client.tasks.poll(taskId, { lastEventId: '3', signal: leaving.signal });
  const refused = expect(polled).rejects.toThrow();
  expect(await bench.client.trpc.task.get.query({ taskId })).toMatchObject({ status: 'running' });
  leaving.abort();
  await refused;
});

test.each(['poll', 'history'] as const)('an abort ends %s while it asks for the kind of the task', async (name) => {
  const taskId = await bench.runningTask();
  const client = bench.connect(bench.server.issueToken('ann'), {
    fetch: (_input, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', reject)),
  });
  const leaving = new AbortController();
  const options = { task: [countTask, ingestTask], signal: leaving.signal };
  const call =
    name === 'poll'
      ? client.tasks.poll(taskId, options)
      : client.tasks.history(taskId, options)[Symbol.asyncIterator]().next();
  const ended = expect(call).rejects.toThrow();
  leaving.abort();
  await ended;
});

test('delete and deleteProject delete ended tasks; for others they name the remedy', async () => {
  const taskId = await bench.runningTask();
  const { projectId } = await bench.client.trpc.task.get.query({ taskId });
  await expect(bench.client.tasks.delete(taskId)).rejects.toMatchObject({ code: 'CONFLICT', status: 409 });
  await expect(bench.client.deleteProject(projectId)).rejects.toMatchObject({ code: 'CONFLICT', status: 409 });
  bench.done(taskId);
  await bench.client.tasks.delete(taskId);
  await expect(bench.client.tasks.delete(taskId)).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
  await bench.client.deleteProject(projectId);
  await expect(bench.client.deleteProject(projectId)).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
});

test('a watch of a deleted task fails with NOT_FOUND', async () => {
  const taskId = await bench.runningTask();
  bench.done(taskId);
  await bench.client.tasks.delete(taskId);
  const watch = bench.client.watchTask(taskId)[Symbol.asyncIterator]();
  await expect(watch.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

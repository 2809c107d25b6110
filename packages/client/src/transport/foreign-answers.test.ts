import { describe, expect, test, vi, type TestContext } from 'vitest';
import { toClientError, type TaskMessage, type TaskwireClientError } from '../index.ts';
import { FOREIGN_ANSWERS, FOREIGN_STREAMS } from '../testing/foreign-answers.ts';
import { TestBench } from '../testing/test-bench.ts';
import { countTask } from '../testing/test-tasks.ts';

/** The tests wait for backoffs, side by side: each has a server of its own. */
async function startBench({ onTestFinished }: TestContext): Promise<TestBench> {
  const bench = await TestBench.start();
  onTestFinished(() => bench.close());
  return bench;
}

const WAIT = { timeout: 10_000 };

function failureOf(call: Promise<unknown>): Promise<TaskwireClientError> {
  return call.then(
    () => {
      throw new Error('the call did not fail');
    },
    (error: unknown) => toClientError(error),
  );
}

/** Watches a task to its end; `reasons` grows with each cause of being away. */
function watchToEnd({ client }: TestBench, taskId: string) {
  const reasons: (TaskwireClientError | undefined)[] = [];
  const messages: TaskMessage[] = [];
  const ended = (async () => {
    const onConnectionChange = (state: string, error?: TaskwireClientError) => {
      if (state === 'away' && error !== undefined) reasons.push(error);
    };
    for await (const message of client.watchTask(taskId, { onConnectionChange })) messages.push(message);
  })();
  ended.catch(() => undefined);
  return { reasons, messages, ended };
}

describe.concurrent('MUST 17: a watch goes on after', () => {
  test.for(FOREIGN_ANSWERS)('%s, in the middle', async ([_name, answerForeign], context) => {
    const bench = await startBench(context);
    const taskId = await bench.runningTask();
    const watch = watchToEnd(bench, taskId);
    await vi.waitFor(() => expect(watch.messages).toHaveLength(1), WAIT);
    bench.server.answerForeign = answerForeign;
    bench.server.cutStreams();
    await vi.waitFor(() => expect(bench.server.foreignRequests.length).toBeGreaterThan(1), WAIT);
    expect(watch.reasons.at(-1)).toMatchObject({ code: 'NETWORK', isRetryable: true });
    bench.server.answerForeign = undefined;
    bench.progress(taskId, 1);
    bench.done(taskId);
    await watch.ended;
    expect(watch.messages.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  });

  test('404 in plain text, from its first connection on', async (context) => {
    const bench = await startBench(context);
    const taskId = await bench.runningTask();
    bench.server.answerForeign = (_request, response) => response.writeHead(404).end('404 page not found');
    const watch = watchToEnd(bench, taskId);
    await vi.waitFor(() => expect(watch.reasons.length).toBeGreaterThan(1), WAIT);
    expect(watch.reasons[0]?.message).toMatch(/answered 404 .*, not Taskwire/);
    bench.server.answerForeign = undefined;
    bench.done(taskId);
    await watch.ended;
  });

  test.for(FOREIGN_STREAMS)('a foreign stream: %s', async ([_name, body], context) => {
    const bench = await startBench(context);
    const taskId = await bench.runningTask();
    bench.server.streamBody = body;
    const watch = watchToEnd(bench, taskId);
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.streamBody = undefined;
    bench.done(taskId);
    await watch.ended;
    expect(watch.messages.length).toBeGreaterThan(0);
  });

  test('a foreign answer to the watch of a project', async (context) => {
    const bench = await startBench(context);
    const taskId = await bench.runningTask();
    const { projectId } = await bench.client.trpc.task.get.query({ taskId });
    bench.server.answerForeign = (_request, response) => response.writeHead(404).end();
    const messages = bench.client.watchProject(projectId)[Symbol.asyncIterator]();
    const first = messages.next();
    await vi.waitFor(() => expect(bench.server.foreignRequests.length).toBeGreaterThan(1), WAIT);
    bench.server.answerForeign = undefined;
    expect(await first).toMatchObject({ value: { type: 'snapshot' } });
    await messages.return?.();
  });
});

describe.concurrent('a single call fails as NETWORK, once, after', () => {
  test.for(FOREIGN_ANSWERS)('%s', async ([_name, answerForeign], context) => {
    const bench = await startBench(context);
    const taskId = await bench.runningTask();
    bench.server.answerForeign = answerForeign;
    const calls: [string, () => Promise<unknown>][] = [
      ['query', () => bench.client.trpc.task.get.query({ taskId })],
      ['batch', () => Promise.all([1, 2].map(() => bench.client.trpc.task.get.query({ taskId })))],
      ['poll', () => bench.client.tasks.poll(taskId)],
      ['history', () => bench.client.tasks.history(taskId)[Symbol.asyncIterator]().next()],
      ['mutation', () => bench.client.tasks.create(countTask, {})],
      ['upload', () => bench.client.upload(new Blob(['x']), { fileName: 'a.txt' })],
      ['config', () => bench.client.config()],
      ['sign-in', () => bench.client.signIn('ann', 'code')],
    ];
    for (const [name, call] of calls) {
      bench.server.foreignRequests.length = 0;
      expect(await failureOf(call()), name).toMatchObject({ code: 'NETWORK', isRetryable: true });
      const asked = bench.server.foreignRequests.filter((request) => !request.includes('/login'));
      expect(asked, name).toHaveLength(1);
    }
  });

  test('a proxy that answers 404: the error names the status and says that it is not Taskwire', async (context) => {
    const bench = await startBench(context);
    bench.server.answerForeign = (_request, response) => response.writeHead(404).end('404 page not found');
    const error = await failureOf(bench.client.trpc.task.list.query({}));
    expect(error).toMatchObject({ status: 404 });
    expect(error.message).toBe(
      `a proxy or another server at ${bench.server.url} answered 404 (no content type), not Taskwire: is the URL right?`,
    );
  });
});

test("Taskwire's own refusal of a call in a batch keeps its code", async (context) => {
  const bench = await startBench(context);
  const taskId = await bench.runningTask();
  const [known, unknown] = await Promise.allSettled([
    bench.client.trpc.task.get.query({ taskId }),
    bench.client.trpc.task.get.query({ taskId: '00000000-0000-4000-8000-000000000000' }),
  ]);
  expect(known.status).toBe('fulfilled');
  expect(unknown.status === 'rejected' && toClientError(unknown.reason)).toMatchObject({ code: 'NOT_FOUND' });
});

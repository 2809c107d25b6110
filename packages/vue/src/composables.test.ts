import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import { FakeServer, countTask } from '@taskwire/client/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSSRApp, effectScope, ref, type EffectScope } from 'vue';
import { createTaskwire, useCreateTask, useTask, useTaskwire } from './index.ts';

let server: FakeServer;
let client: TaskwireClient;
let scope: EffectScope;

beforeEach(async () => {
  server = await FakeServer.start();
  client = createTaskwireClient({ url: server.url, token: server.issueToken('ann') });
  scope = effectScope();
});

afterEach(async () => {
  scope.stop();
  client.close();
  await server.close();
});

/** Runs a composable like a component of an app with the client. */
function setUp<Result>(run: () => Result): Result {
  const app = createSSRApp({}).use(createTaskwire(client));
  const result = app.runWithContext(() => scope.run(run));
  if (result === undefined) throw new Error('the scope was stopped before');
  return result;
}

async function runningTask(percent = 0): Promise<string> {
  const { taskId } = await client.tasks.create(countTask, { to: 10 });
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  server.ports.events.write(taskId, { type: 'stage', stage: 'count', status: 'running', weight: 1 });
  const current = percent / 10;
  server.ports.events.write(taskId, { type: 'progress', stage: 'count', current, total: 10, percent });
  return taskId;
}

describe('useTask', () => {
  it('shows a task up to its result', async () => {
    const taskId = await runningTask(40);
    const task = setUp(() => useTask(countTask, taskId));
    await vi.waitFor(() => expect([task.view.value.connection, task.percent.value]).toEqual(['live', 40]));
    server.ports.events.write(taskId, { type: 'done', output: { counted: 10 }, durationMs: 5 });
    await vi.waitFor(() => expect(task.isEnded.value).toBe(true));
    expect(task.output.value?.counted).toBe(10);
  });

  it('closes its stream when its scope ends', async () => {
    const taskId = await runningTask();
    setUp(() => useTask(taskId));
    await vi.waitFor(() => expect(server.openStreams).toBe(1));
    scope.stop();
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });

  it('watches the other task when the id changes, and closes the previous stream', async () => {
    const id = ref(await runningTask(10));
    const task = setUp(() => useTask(id));
    await vi.waitFor(() => expect(task.percent.value).toBe(10));
    id.value = await runningTask(70);
    await vi.waitFor(() => expect(task.percent.value).toBe(70));
    await vi.waitFor(() => expect(server.openStreams).toBe(1));
  });

  it('watches nothing until there is an id, and nothing once there is none again', async () => {
    const id = ref<string>();
    const task = setUp(() => useTask(countTask, id));
    expect([task.view.value.connection, server.streamCursors.length]).toEqual(['idle', 0]);
    id.value = await runningTask(20);
    await vi.waitFor(() => expect([task.view.value.connection, task.percent.value]).toEqual(['live', 20]));
    id.value = undefined;
    expect([task.view.value.connection, task.state.value]).toEqual(['idle', undefined]);
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });

  it('watches only while it is enabled', async () => {
    const enabled = ref(false);
    const taskId = await runningTask(30);
    const task = setUp(() => useTask(taskId, { enabled }));
    expect([task.view.value.connection, server.streamCursors.length]).toEqual(['idle', 0]);
    enabled.value = true;
    await vi.waitFor(() => expect(task.view.value.connection).toBe('live'));
    enabled.value = false;
    expect(task.view.value.connection).toBe('idle');
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });
});

describe('useCreateTask', () => {
  it('returns the created task, and shows it in data', async () => {
    const { create, data, isPending } = setUp(() => useCreateTask(countTask));
    const creating = create({ to: 3 }, { priority: 1 });
    expect(isPending.value).toBe(true);
    const task = await creating;
    expect([task.input.to, task.priority, data.value, isPending.value]).toEqual([3, 1, task, false]);
  });

  it('does not replace a later creation by an earlier one', async () => {
    const { create, data, error, isPending } = setUp(() => useCreateTask(countTask));
    const refused = create({ to: 0 }).catch(() => 'refused');
    const creating = create({ to: 3 });
    expect([await refused, error.value, isPending.value]).toEqual(['refused', undefined, true]);
    const task = await creating;
    expect([data.value, isPending.value]).toEqual([task, false]);
  });

  it('rejects with the error that it shows, which names the refused field', async () => {
    const { create, error } = setUp(() => useCreateTask(countTask));
    await expect(create({ to: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(error.value?.fields[0]?.path).toBe('input.to');
  });
});

describe('useTaskwire', () => {
  it('throws an error that names the missing plugin', () => {
    expect(() => createSSRApp({}).runWithContext(useTaskwire)).toThrow(/createTaskwire/);
  });
});

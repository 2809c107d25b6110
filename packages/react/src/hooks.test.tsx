import { createTaskwireClient, taskKind, type AppRouter, type TaskwireClient } from '@taskwire/client';
import { FakeServer, countTask, ingestTask } from '@taskwire/client/testing';
import { createTRPCReact } from '@trpc/react-query';
import { Window } from 'happy-dom';
import type { ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TaskwireProvider, createTaskwireQueryClient, useCreateTask, useTask, useTaskwire } from './index.ts';

const trpc = createTRPCReact<AppRouter>();
const queryClient = createTaskwireQueryClient();

let server: FakeServer;
let client: TaskwireClient;
let root: Root;
let page: Window;

beforeEach(async () => {
  server = await FakeServer.start();
  client = createTaskwireClient({ url: server.url, token: server.issueToken('ann') });
  page = new Window();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('navigator', page.navigator);
  const container = document.body.appendChild(document.createElement('div'));
  const { createRoot } = await import('react-dom/client');
  root = createRoot(container);
});

afterEach(async () => {
  root.unmount();
  client.close();
  await server.close();
  await page.happyDOM.close();
  vi.unstubAllGlobals();
});

function render(children: ReactNode): void {
  root.render(
    <trpc.Provider client={client.trpc} queryClient={queryClient}>
      <TaskwireProvider client={client} queryClient={queryClient}>
        {children}
      </TaskwireProvider>
    </trpc.Provider>,
  );
}

function text(): string | null {
  return document.body.textContent;
}

async function runningTask(): Promise<string> {
  const { taskId } = await client.tasks.create(countTask, { to: 10 });
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  server.ports.events.write(taskId, { type: 'stage', stage: 'count', status: 'running', weight: 1 });
  return taskId;
}

function Watcher({ taskId }: { taskId: string | undefined }): ReactNode {
  const { connection, percent, isEnded, output } = useTask(countTask, taskId);
  return `${connection} ${percent} ${isEnded ? `counted ${output?.counted ?? '?'}` : 'going on'}`;
}

describe('useTask', () => {
  it('shows every state of a task up to its result', async () => {
    const taskId = await runningTask();
    render(<Watcher taskId={taskId} />);
    await vi.waitFor(() => expect(text()).toBe('live 0 going on'));
    server.ports.events.write(taskId, { type: 'progress', stage: 'count', current: 4, total: 10, percent: 40 });
    await vi.waitFor(() => expect(text()).toBe('live 40 going on'));
    server.ports.events.write(taskId, { type: 'done', output: { counted: 10 }, durationMs: 5 });
    await vi.waitFor(() => expect(text()).toBe('ended 100 counted 10'));
  });

  it('shares one stream among all watchers of a task, and closes it after the last watcher', async () => {
    const taskId = await runningTask();
    render([<Watcher key="1" taskId={taskId} />, <Watcher key="2" taskId={taskId} />]);
    await vi.waitFor(() => expect(text()).toBe('live 0 going onlive 0 going on'));
    expect(server.openStreams).toBe(1);
    render(null);
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });

  it('watches the other task when the id changes', async () => {
    const [first, second] = [await runningTask(), await runningTask()];
    server.ports.events.write(second, { type: 'progress', stage: 'count', current: 7, total: 10, percent: 70 });
    render(<Watcher taskId={first} />);
    await vi.waitFor(() => expect(text()).toBe('live 0 going on'));
    render(<Watcher taskId={second} />);
    await vi.waitFor(() => expect(text()).toBe('live 70 going on'));
  });
});

describe('useTask without an id', () => {
  it('watches nothing until there is an id, and nothing once there is none again', async () => {
    render(<Watcher taskId={undefined} />);
    await vi.waitFor(() => expect(text()).toBe('idle 0 going on'));
    expect(server.streamCursors).toEqual([]);
    render(<Watcher taskId={await runningTask()} />);
    await vi.waitFor(() => expect(text()).toBe('live 0 going on'));
    render(<Watcher taskId={undefined} />);
    await vi.waitFor(() => expect(text()).toBe('idle 0 going on'));
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });
});

describe('useTask with a selection that is new in each render', () => {
  it('keeps its stream', async () => {
    const Inline = ({ taskId }: { taskId: string }): ReactNode => {
      const [named, listed] = [taskKind<typeof countTask>('demo.count'), [countTask, ingestTask] as const];
      return `${useTask(named, taskId).percent} ${useTask(listed, taskId).percent}`;
    };
    const taskId = await runningTask();
    render(<Inline taskId={taskId} />);
    await vi.waitFor(() => expect(server.openStreams).toBe(2));
    for (const percent of [10, 20, 30]) {
      server.ports.events.write(taskId, { type: 'progress', stage: 'count', current: 1, total: 10, percent });
      await vi.waitFor(() => expect(text()).toBe(`${percent} ${percent}`));
    }
    expect(server.streamCursors).toHaveLength(2);
  });
});

describe('useTask that is not enabled', () => {
  it('opens no stream until it is', async () => {
    const Waiting = ({ taskId, enabled }: { taskId: string; enabled: boolean }): ReactNode =>
      useTask(taskId, { enabled }).connection;
    const taskId = await runningTask();
    render(<Waiting taskId={taskId} enabled={false} />);
    await vi.waitFor(() => expect(text()).toBe('idle'));
    expect(server.streamCursors).toEqual([]);
    render(<Waiting taskId={taskId} enabled />);
    await vi.waitFor(() => expect(text()).toBe('live'));
  });
});

describe('useCreateTask', () => {
  function Creator({ uploadId }: { uploadId: string }): ReactNode {
    const { create, data, error } = useCreateTask(ingestTask);
    const answer = error?.fields[0]?.path ?? data?.input.uploadId ?? 'nothing yet';
    return <button onClick={() => void create({ uploadId }).catch(() => undefined)}>{answer}</button>;
  }

  function click(): void {
    document.querySelector('button')?.click();
  }

  it('returns the created task', async () => {
    const { uploadId } = await client.upload(new Blob(['text']), { fileName: 'a.txt' });
    render(<Creator uploadId={uploadId} />);
    await vi.waitFor(() => expect(text()).toBe('nothing yet'));
    click();
    await vi.waitFor(() => expect(text()).toBe(uploadId));
  });

  it('names the refused field', async () => {
    render(<Creator uploadId="7e0ab0b5-3b8f-4c9e-9b43-6f8f0f2a4b11" />);
    await vi.waitFor(() => expect(text()).toBe('nothing yet'));
    click();
    await vi.waitFor(() => expect(text()).toBe('input.uploadId'));
  });
});

describe('hooks of the app’s own tRPC', () => {
  function List(): ReactNode {
    const list = trpc.task.list.useQuery({});
    return list.data?.items.map((task) => task.taskId).join() ?? 'loading';
  }

  function Creator(): ReactNode {
    const { create } = useCreateTask(countTask);
    return <button onClick={() => void create({})}>create</button>;
  }

  it('load a list of tasks again after a creation', async () => {
    const taskId = await runningTask();
    render([<List key="list" />, <Creator key="creator" />]);
    await vi.waitFor(() => expect(text()).toBe(`${taskId}create`));
    document.querySelector('button')?.click();
    await vi.waitFor(() => expect(text()).toMatch(new RegExp(`^.+,${taskId}create$`)));
  });
});

describe('useTaskwire', () => {
  it('throws an error that names the missing provider', async () => {
    const { renderToString } = await import('react-dom/server');
    const Lost = (): ReactNode => useTaskwire().url;
    expect(() => renderToString(<Lost />)).toThrow(/TaskwireProvider/);
  });
});

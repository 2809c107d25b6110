import { createTaskCatalog } from '@taskwire/tasks';
import { beforeEach, describe, expect, it } from 'vitest';
import { callAs, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';
import { testTasks } from '../../testing/test-router.ts';
import { checkOffered } from './check-offered.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});

const refused = {
  taskwireCode: 'INVALID_INPUT',
  fields: [{ path: 'kind', message: expect.stringContaining('set DEMO_TASKS=on for its api and its workers') }],
};

describe('a kind for demonstrations, on a server that does not offer them,', () => {
  it('is refused for a new task, which leaves nothing, and for a retry', async () => {
    const call = callAs(ports, 'ada');
    const { taskId } = await call.task.create({ kind: 'demo.count', input: { to: 1 } });
    ports.events.write(taskId, { type: 'done', output: { counted: 1 }, durationMs: 1 });
    ports.hasDemoTasks = false;
    expect(await refusal(call.task.create({ kind: 'demo.count', input: { to: 1 } }))).toMatchObject(refused);
    expect(await refusal(call.task.retry({ taskId }))).toMatchObject(refused);
    expect(ports.storedTasks.size).toBe(1);
  });

  it('is still listed and read', async () => {
    const call = callAs(ports, 'ada');
    const { taskId } = await call.task.create({ kind: 'demo.count', input: { to: 1 } });
    ports.hasDemoTasks = false;
    expect(await call.task.get({ taskId })).toMatchObject({ kind: 'demo.count' });
    expect((await call.task.list({})).items).toHaveLength(1);
  });

  it.each<[string, boolean]>([
    ['demo.count', true],
    ['demo.text', true],
    ['document.ingest', false],
  ])('%s: refused %s', (kind, isRefused) => {
    const catalog = createTaskCatalog(testTasks);
    const check = () => checkOffered({ hasDemoTasks: false, catalog }, kind);
    if (isRefused) expect(check).toThrow(/DEMO_TASKS=on/);
    else expect(check).not.toThrow();
    expect(() => checkOffered({ hasDemoTasks: true, catalog }, kind)).not.toThrow();
  });
});

it('a kind that the server does not have is refused with the kinds that it has', () => {
  const check = () => checkOffered(ports, 'image.resize');
  expect(check).toThrow('kind: this server has no kind "image.resize"; it has demo.count, demo.text, document.ingest');
});

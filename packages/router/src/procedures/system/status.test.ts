import { beforeEach, describe, expect, it } from 'vitest';
import { callAs, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});

const worker = (workerId: string, kinds: string[], isAlive = true) => ({
  workerId,
  version: '1.0.0',
  kinds,
  startedAt: 1,
  lastHeartbeatAt: 2,
  isAlive,
});

describe('system.status', () => {
  it('has the workers, and the kinds of unfinished tasks that no living worker knows', async () => {
    ports.workers = [worker('new', ['demo.text']), worker('silent', ['demo.count'], false)];
    const caller = callAs(ports, 'ada');
    await caller.task.create({ kind: 'demo.count', input: { to: 1 } });
    await caller.task.create({ kind: 'demo.count', input: { to: 2 } });
    await caller.task.create({ kind: 'demo.text', input: { words: 1 } });
    expect(await caller.system.status()).toEqual({
      workers: ports.workers,
      waiting: [{ reason: 'kind', kind: 'demo.count', tasks: 2 }],
      hasUnchecked: false,
    });
  });

  it('counts the unfinished tasks of the caller only', async () => {
    await callAs(ports, 'ada').task.create({ kind: 'demo.count', input: { to: 1 } });
    const mine = await callAs(ports, 'bob').task.create({ kind: 'demo.count', input: { to: 1 } });
    await callAs(ports, 'bob').task.cancel({ taskId: mine.taskId });
    expect((await callAs(ports, 'bob').system.status()).waiting).toEqual([]);
    expect((await callAs(ports, 'ada').system.status()).waiting).toEqual([
      { reason: 'kind', kind: 'demo.count', tasks: 1 },
    ]);
  });

  it('counts the tasks whose input a worker has refused, until one takes them', async () => {
    ports.workers = [worker('w1', ['demo.count'])];
    const caller = callAs(ports, 'ada');
    const { taskId } = await caller.task.create({ kind: 'demo.count', input: { to: 1 } });
    await caller.task.create({ kind: 'demo.count', input: { to: 2 } });
    const waiting = { reason: 'input', kind: 'demo.count' };
    ports.events.write(taskId, { type: 'log', level: 'warn', message: 'waiting', waiting });
    expect((await caller.system.status()).waiting).toEqual([{ reason: 'input', kind: 'demo.count', tasks: 1 }]);
    ports.events.write(taskId, { type: 'started', workerId: 'w2' });
    expect((await caller.system.status()).waiting).toEqual([]);
  });

  it('says that inputs are unchecked for a caller with more than 200 unfinished tasks', async () => {
    const caller = callAs(ports, 'ada');
    for (let created = 0; created < 200; created += 1) {
      await caller.task.create({ kind: 'demo.count', input: { to: 1 } });
    }
    expect(await caller.system.status()).toMatchObject({ hasUnchecked: false });
    await caller.task.create({ kind: 'demo.count', input: { to: 1 } });
    expect(await caller.system.status()).toMatchObject({ hasUnchecked: true });
  });

  it('refuses a caller who is not signed in', async () => {
    expect(await refusal(callAs(ports).system.status())).toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { topicFilterSchema } from '../../use-cases/watching/topic-filter.ts';
import { callAs, messagesOf, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});
const alice = () => callAs(ports, 'alice');
const newTask = () => alice().task.create({ kind: 'demo.count', input: {} });

describe('project.onProgress', () => {
  it('begins with the unfinished tasks, then tracks every event under its seq in the topic (MUST 14)', async () => {
    const [task, ended] = [await newTask(), await newTask()];
    ports.events.write(ended.taskId, { type: 'canceled' });
    const { projectId } = task;
    ports.events.tamperTopic = (message) => {
      if (message.type === 'snapshot') ports.events.write(task.taskId, { type: 'started', workerId: 'w' });
      return [message];
    };
    expect(await messagesOf(alice().project.onProgress({ projectId }), 2)).toMatchObject([
      ['1003', { type: 'snapshot', seq: 1003, state: { tasks: [{ taskId: task.taskId, status: 'queued' }] } }],
      ['1004', { type: 'event', seq: 1004, event: { type: 'started', taskId: task.taskId, seq: 2 } }],
    ]);
  });

  it('continues after a cursor, with the filter', async () => {
    const { taskId, projectId } = await newTask();
    for (const stage of ['parse', 'count'])
      ports.events.write(taskId, { type: 'progress', stage, current: 1, total: 2, percent: 50 });
    ports.events.write(taskId, { type: 'log', stage: 'count', level: 'info', message: 'x' });
    ports.events.write(taskId, { type: 'data', channel: 'preview', value: 7 });
    const from = { projectId, lastEventId: '1001' };
    expect(await messagesOf(alice().project.onProgress({ ...from, stages: ['count'] }), 2)).toMatchObject([
      ['1003', { type: 'event', fromSeq: 1002, event: { type: 'progress', stage: 'count' } }],
      ['1004', { type: 'event', event: { type: 'log' } }],
    ]);
    expect(await messagesOf(alice().project.onProgress({ ...from, types: ['progress'] }), 3)).toMatchObject([
      ['1002', { event: { stage: 'parse' } }],
      ['1003', { event: { stage: 'count' } }],
      ['1005', { type: 'skipped', fromSeq: 1004 }],
    ]);
    expect(await messagesOf(alice().project.onProgress({ ...from, types: ['data'] }), 1)).toMatchObject([
      ['1005', { fromSeq: 1002, event: { type: 'data', channel: 'preview', value: 7 } }],
    ]);
  });

  it('refuses invalid filters, naming the field', async () => {
    const { projectId } = await newTask();
    const many = Array.from({ length: 51 }, (_each, index) => `s${index}`);
    const calls = [
      { stages: [''], path: 'stages.0' },
      { stages: [], path: 'stages' },
      { stages: many, path: 'stages' },
      { stages: ['a', 'x'.repeat(201)], path: 'stages.1' },
      { types: [], path: 'types' },
    ];
    for (const { path, ...filter } of calls) {
      const answer = await refusal(messagesOf(alice().project.onProgress({ projectId, ...filter }), 1));
      expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path }] });
    }
    expect(topicFilterSchema.safeParse({ types: ['finished'] }).error?.issues).toMatchObject([{ path: ['types', 0] }]);
  });
});

describe('topicFilterSchema', () => {
  it('is the same for filters that let the same events through', () => {
    const one = topicFilterSchema.parse({ stages: ['b', 'a', 'b'], types: ['log', 'done', 'log'] });
    expect(one).toEqual({ stages: ['a', 'b'], types: ['done', 'log'] });
  });
});

describe('task.onAny', () => {
  it('has all tasks of the caller and no others', async () => {
    const project = await alice().project.create({ name: 'other' });
    const tasks = [
      await newTask(),
      await alice().task.create({ kind: 'demo.count', input: {}, projectId: project.projectId }),
    ];
    await callAs(ports, 'bob').task.create({ kind: 'demo.count', input: {} });
    const [first] = await messagesOf(alice().task.onAny(), 1);
    expect(first).toMatchObject(['1002', { state: { tasks: tasks.map(({ taskId }) => ({ taskId })) } }]);
  });

  it('refuses an invalid cursor, naming the field', async () => {
    const answers = [
      await refusal(messagesOf(alice().task.onAny({ lastEventId: '1\n2' }), 1)),
      await refusal(
        messagesOf(alice().project.onProgress({ projectId: (await newTask()).projectId, lastEventId: 'x' }), 1),
      ),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'lastEventId' }] });
  });
});

import { randomUUID } from 'node:crypto';
import { TaskwireError, type TaskEventDraft } from '@taskwire/protocol';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callAs, firstMessage, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});
const alice = () => callAs(ports, 'alice');

const DONE: TaskEventDraft = { type: 'done', output: { counted: 7 }, durationMs: 1 };

const newProject = () => alice().project.create({ name: randomUUID() });

async function newTask({ projectId, end }: { projectId?: string; end?: TaskEventDraft } = {}): Promise<string> {
  const request = { kind: 'demo.count' as const, input: { to: 7 } };
  const { taskId } = await alice().task.create(projectId === undefined ? request : { ...request, projectId });
  if (end !== undefined) ports.events.write(taskId, end);
  return taskId;
}

async function ingest(uploadId: string): Promise<string> {
  const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
  ports.events.write(taskId, { type: 'canceled' });
  return taskId;
}

describe('task.delete', () => {
  it.each<TaskEventDraft>([DONE, { type: 'canceled' }, { type: 'error', code: 'HANDLER_FAILED', message: 'no' }])(
    'deletes a task that ended in $type: it is not found any more, and its watchers get NOT_FOUND',
    async (end) => {
      const taskId = await newTask({ end });
      expect(await alice().task.delete({ taskId })).toEqual({ taskId });
      const gone = { code: 'NOT_FOUND' };
      expect(await refusal(alice().task.get({ taskId }))).toMatchObject(gone);
      expect(await refusal(alice().task.history({ taskId }))).toMatchObject(gone);
      expect(await refusal(alice().task.poll({ taskId, lastEventId: '1' }))).toMatchObject(gone);
      expect(await refusal(() => firstMessage(alice().task.onProgress({ taskId })))).toMatchObject(gone);
      expect(await refusal(alice().task.delete({ taskId }))).toMatchObject(gone);
      expect((await alice().task.list({})).items).toEqual([]);
      expect(ports.events.eventsOf(taskId)).toEqual([]);
    },
  );

  it('refuses a task that has not ended, naming the remedy', async () => {
    const taskId = await newTask();
    const answer = await refusal(alice().task.delete({ taskId }));
    expect(answer).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'taskId' }] });
    expect(answer.message).toContain('task.cancel');
    expect(await alice().task.get({ taskId })).toMatchObject({ status: 'queued' });
  });

  it('deletes a task whose log has ended before its row', async () => {
    const taskId = await newTask({ end: DONE });
    vi.spyOn(ports.tasks, 'find').mockResolvedValueOnce(ports.storedTasks.get(taskId));
    const recordEnd = vi.spyOn(ports.tasks, 'recordEnd');
    await alice().task.delete({ taskId });
    expect(recordEnd).toHaveBeenCalledOnce();
    expect(ports.storedTasks.size).toBe(0);
  });

  it('deletes the uploads that no other task uses, and no others', async () => {
    const [own, shared] = [ports.addUpload('alice').uploadId, ports.addUpload('alice').uploadId];
    const first = await ingest(own);
    const second = await ingest(shared);
    await ingest(shared);
    await alice().task.delete({ taskId: first });
    await alice().task.delete({ taskId: second });
    expect([...ports.storedUploads.keys()]).toEqual([shared]);
  });

  it('changes nothing if Redis is away, and works on the next call', async () => {
    const taskId = await newTask({ end: DONE });
    const away = new TaskwireError('SERVICE_UNAVAILABLE', 'Redis is away');
    vi.spyOn(ports.events, 'expire').mockRejectedValueOnce(away);
    expect(await refusal(alice().task.delete({ taskId }))).toMatchObject({ taskwireCode: 'SERVICE_UNAVAILABLE' });
    expect(await alice().task.get({ taskId })).toMatchObject({ status: 'done' });
    expect(await alice().task.delete({ taskId })).toEqual({ taskId });
  });

  it.each([
    ['log', () => vi.spyOn(ports.events, 'remove')],
    ['uploads', () => vi.spyOn(ports.uploads, 'deleteUnused')],
  ])('has deleted the task though its %s cannot be removed, and reports that', async (_what, spy) => {
    const taskId = await newTask({ end: DONE });
    spy().mockRejectedValueOnce(new Error('away'));
    expect(await alice().task.delete({ taskId })).toEqual({ taskId });
    expect(ports.storedTasks.size).toBe(0);
    expect(ports.reported).toHaveLength(1);
  });
});

describe('project.delete', () => {
  it('deletes a project with all its tasks, and no other tasks', async () => {
    const { projectId } = await newProject();
    for (let index = 0; index < 250; index += 1) await newTask({ projectId, end: DONE });
    const other = await newTask({ end: DONE });
    expect(await alice().project.delete({ projectId })).toEqual({ projectId });
    expect([...ports.storedTasks.keys()]).toEqual([other]);
    expect((await alice().project.list({})).items.map((project) => project.name)).toEqual(['Default']);
    const watching = () => firstMessage(alice().project.onProgress({ projectId }));
    expect(await refusal(watching)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('deletes nothing while a task has not ended, and names it', async () => {
    const { projectId } = await newProject();
    await newTask({ projectId, end: DONE });
    const running = await newTask({ projectId });
    const answer = await refusal(alice().project.delete({ projectId }));
    expect(answer).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'projectId' }] });
    expect(answer.message).toContain(running);
    expect(ports.storedTasks.size).toBe(2);
  });

  it('is refused if a task is created meanwhile, and works once that task has ended', async () => {
    const { projectId } = await newProject();
    await newTask({ projectId, end: DONE });
    const deleteEnded = ports.tasks.deleteEnded.bind(ports.tasks);
    let late = '';
    vi.spyOn(ports.tasks, 'deleteEnded').mockImplementationOnce(async (taskIds) => {
      late = await newTask({ projectId });
      return deleteEnded(taskIds);
    });
    expect(await refusal(alice().project.delete({ projectId }))).toMatchObject({ code: 'CONFLICT' });
    expect([...ports.storedTasks.keys()]).toEqual([late]);
    ports.events.write(late, DONE);
    expect(await alice().project.delete({ projectId })).toEqual({ projectId });
  });

  it('deletes the default project, and the next create makes another', async () => {
    const { projectId } = await alice().task.create({ kind: 'demo.count', input: {} });
    const [task] = [...ports.storedTasks.keys()];
    ports.events.write(task ?? '', DONE);
    await alice().project.delete({ projectId });
    const next = await alice().task.create({ kind: 'demo.count', input: {} });
    expect(next.projectId).not.toBe(projectId);
  });
});

import { randomUUID } from 'node:crypto';
import type { TaskEventDraft } from '@taskwire/protocol';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callAs, refusal } from '../../testing/callers.ts';
import { MemoryPorts } from '../../testing/test-ports.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = new MemoryPorts();
});
const alice = () => callAs(ports, 'alice');

const FAILED: TaskEventDraft = { type: 'error', code: 'HANDLER_FAILED', message: 'out of numbers' };

async function endedTask(end: TaskEventDraft = FAILED) {
  const { projectId } = await alice().project.create({ name: randomUUID() });
  const request = { kind: 'demo.count' as const, input: { to: 7 }, projectId, priority: 2, timeoutMs: 60_000 };
  const task = await alice().task.create(request);
  ports.waiting.delete(task.taskId);
  ports.events.write(task.taskId, end);
  return task;
}

describe('task.retry', () => {
  it.each<TaskEventDraft>([FAILED, { type: 'canceled' }, { type: 'done', output: { counted: 7 }, durationMs: 1 }])(
    'makes a new task of one that ended in $type, with its input, project, priority and time limit',
    async (end) => {
      const { taskId, kind, input, projectId, priority, timeoutMs } = await endedTask(end);
      const create = vi.spyOn(ports.tasks, 'create');
      const again = await alice().task.retry({ taskId });
      expect(again).toMatchObject({ kind, input, projectId, priority, timeoutMs, retryOf: taskId, status: 'queued' });
      expect(again.taskId).not.toBe(taskId);
      // The store copies the stage results of `retryOf` in the same transaction.
      expect(create.mock.calls).toMatchObject([[{ retryOf: taskId, ownerId: 'alice' }]]);
      expect(ports.events.eventsOf(again.taskId)).toMatchObject([{ type: 'queued', priority: 2, seq: 1 }]);
      expect(ports.waiting).toContain(again.taskId);
      expect((await alice().task.get({ taskId })).status).toBe(end.type);
    },
  );

  it('refuses a task that has not ended, naming the field', async () => {
    const { taskId } = await alice().task.create({ kind: 'demo.count', input: {} });
    expect(await refusal(alice().task.retry({ taskId }))).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'taskId' }],
    });
    expect(ports.storedTasks.size).toBe(1);
  });

  it('takes a task whose log has ended before its row', async () => {
    const { taskId } = await endedTask();
    const stored = ports.storedTasks.get(taskId);
    vi.spyOn(ports.tasks, 'find').mockResolvedValue(stored);
    expect(stored?.status).toBe('queued');
    expect(await alice().task.retry({ taskId })).toMatchObject({ retryOf: taskId });
  });

  it('refuses an input that no longer fits its kind, naming the field', async () => {
    const { taskId } = await endedTask();
    const stored = ports.storedTasks.get(taskId);
    if (stored !== undefined) ports.storedTasks.set(taskId, { ...stored, input: { to: 0 } });
    const answer = await refusal(alice().task.retry({ taskId }));
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'input.to' }] });
    expect(ports.storedTasks.size).toBe(1);
  });

  it('refuses an input whose upload is gone, naming the field', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
    ports.events.write(taskId, FAILED);
    ports.storedUploads.clear();
    const answer = await refusal(alice().task.retry({ taskId }));
    expect(answer).toMatchObject({ code: 'BAD_REQUEST', fields: [{ path: 'input.uploadId' }] });
  });

  it('is refused for the reason that task.get shows', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
    ports.events.write(taskId, FAILED);
    expect(await alice().task.get({ taskId })).not.toHaveProperty('retryRefusal');
    ports.storedUploads.clear();
    const { retryRefusal } = await alice().task.get({ taskId });
    expect(retryRefusal).toBe('its file is gone; upload it again');
  });

  it.each([
    ['an input that no longer fits', { input: { to: 0 } }, 'input.to'],
    ['a kind that this server does not know', { kind: 'of.tomorrow' }, 'kind'],
  ])('is known to be refused for %s', async (_what, changed, words) => {
    const { taskId } = await endedTask();
    const stored = ports.storedTasks.get(taskId);
    if (stored !== undefined) ports.storedTasks.set(taskId, { ...stored, ...changed });
    expect((await alice().task.get({ taskId })).retryRefusal).toContain(words);
  });

  it('is shown without a refusal if the check of its uploads fails, and the failure is reported', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
    ports.events.write(taskId, FAILED);
    vi.spyOn(ports.uploads, 'find').mockRejectedValue(new Error('connection terminated'));
    const report = vi.spyOn(ports.faults, 'report');
    const task = await alice().task.get({ taskId });
    expect(task).toMatchObject({ taskId, status: 'error' });
    expect(task).not.toHaveProperty('retryRefusal');
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(String), expect.objectContaining({ taskId }));
  });

  it('makes one task of two retries with the same key', async () => {
    const { taskId } = await endedTask();
    const first = await alice().task.retry({ taskId, idempotencyKey: 'again' });
    expect((await alice().task.retry({ taskId, idempotencyKey: 'again' })).taskId).toBe(first.taskId);
    expect(ports.events.eventsOf(first.taskId)).toHaveLength(1);
  });

  it('refuses a key that was used for another task, or for a create', async () => {
    const { taskId } = await endedTask();
    const other = await endedTask();
    await alice().task.retry({ taskId, idempotencyKey: 'again' });
    const conflict = { code: 'CONFLICT', fields: [{ path: 'idempotencyKey' }] };
    const retry = alice().task.retry({ taskId: other.taskId, idempotencyKey: 'again' });
    expect(await refusal(retry)).toMatchObject(conflict);
    const create = alice().task.create({ kind: 'demo.count', input: { to: 7 }, idempotencyKey: 'again' });
    expect(await refusal(create)).toMatchObject(conflict);
  });
});

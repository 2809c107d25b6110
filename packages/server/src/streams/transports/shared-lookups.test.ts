import type { Ports, StoredProject, StoredTask } from '@taskwire/router';
import { beforeEach, expect, test, vi } from 'vitest';
import { sharedLookups } from './shared-lookups.ts';

const notCalled = () => Promise.reject(new Error('no lookup calls this'));
const findTask = vi.fn<(taskId: string) => Promise<StoredTask | undefined>>();
const findProject = vi.fn<(projectId: string) => Promise<StoredProject | undefined>>();

let ports: Pick<Ports, 'tasks' | 'projects'>;
beforeEach(() => {
  findTask.mockReset().mockImplementation((taskId) => Promise.resolve(taskOf(taskId)));
  findProject.mockReset().mockResolvedValue(undefined);
  const writes = { create: notCalled, deleteEnded: notCalled, markCanceling: notCalled, recordEnd: notCalled };
  const tasks = { ...writes, list: notCalled, history: notCalled };
  const projects = { create: notCalled, delete: notCalled, findOrCreateDefault: notCalled, list: notCalled };
  ports = sharedLookups({ tasks: { ...tasks, find: findTask }, projects: { ...projects, find: findProject } });
});

function taskOf(taskId: string): StoredTask {
  const names = { taskId, ownerId: 'ada', projectId: 'p', kind: 'demo.count', input: {} };
  return { ...names, priority: 0, status: 'running', attempt: 1, percent: 0, createdAt: 1 };
}

test('a thousand lookups of one task at once are one query', async () => {
  const found = await Promise.all(Array.from({ length: 1_000 }, () => ports.tasks.find('one')));
  expect(findTask).toHaveBeenCalledExactlyOnceWith('one');
  expect(found).toEqual(found.map(() => taskOf('one')));
});

test('a thousand lookups of one project at once are one query', async () => {
  await Promise.all(Array.from({ length: 1_000 }, () => ports.projects.find('one')));
  expect(findProject).toHaveBeenCalledExactlyOnceWith('one');
});

test('lookups of different tasks get different answers', async () => {
  const [one, other] = await Promise.all([ports.tasks.find('one'), ports.tasks.find('other')]);
  expect([one?.taskId, other?.taskId]).toEqual(['one', 'other']);
});

test('an answer is not kept: a later lookup is a new query', async () => {
  await ports.tasks.find('one');
  findTask.mockResolvedValue(undefined);
  expect(await ports.tasks.find('one')).toBeUndefined();
});

test('a failed query fails for all its lookups, and the next lookup is a new query', async () => {
  findTask.mockRejectedValueOnce(new Error('away'));
  const asked = await Promise.allSettled([ports.tasks.find('one'), ports.tasks.find('one')]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await ports.tasks.find('one')).toEqual(taskOf('one'));
});

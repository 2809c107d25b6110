import type { TaskStatus } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { LIST_REFRESH_MS, listRefresh, liveTaskIds, taskRow } from './task-list.ts';

function task(taskId: string, status: TaskStatus) {
  return { taskId, status };
}

describe('rows that are live', () => {
  it('are at most two, and tasks with a worker come first', () => {
    const tasks = [
      task('a', 'done'),
      task('b', 'queued'),
      task('c', 'running'),
      task('d', 'queued'),
      task('e', 'running'),
    ];
    expect([...liveTaskIds(tasks)]).toEqual(['c', 'e']);
    expect([...liveTaskIds(tasks.slice(0, 4))]).toEqual(['c', 'b']);
  });

  it('stop the reloading of the list once all tasks have ended', () => {
    expect(listRefresh([task('a', 'done'), task('b', 'canceling')])).toBe(LIST_REFRESH_MS);
    expect(listRefresh([task('a', 'done'), task('b', 'error')])).toBe(false);
  });
});

describe('taskRow', () => {
  const running = { taskId: 'a', kind: 'document.ingest', createdAt: 0, status: 'running', percent: 12.5 } as const;
  const options = { progress: running, remembered: undefined, now: 300_000 };

  it('has title, age and percent of a running task', () => {
    expect(taskRow(running, options)).toEqual({
      href: '#/tasks/a',
      title: 'Document ingest',
      detail: '5 min ago',
      percent: '12%',
      isEnded: false,
    });
  });

  it('names the kind beside a remembered title', () => {
    expect(taskRow(running, { ...options, remembered: 'a.pdf' })).toMatchObject({
      title: 'a.pdf',
      detail: 'Document ingest · 5 min ago',
    });
  });

  it('shows no percent once the task has ended', () => {
    expect(taskRow(running, { ...options, progress: { status: 'canceled', percent: 12.5 } })).toMatchObject({
      percent: '',
      isEnded: true,
    });
  });
});

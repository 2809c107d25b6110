import type { TaskStatus } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { LIST_REFRESH_MS, listRefresh, liveTaskIds } from './live-rows.ts';

function task(taskId: string, status: TaskStatus) {
  return { taskId, status };
}

describe('rows that are live', () => {
  it('are few, so that streams never use up a browser’s connections: those that are worked on come first', () => {
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

  it('end the asking again once everything has ended', () => {
    expect(listRefresh([task('a', 'done'), task('b', 'canceling')])).toBe(LIST_REFRESH_MS);
    expect(listRefresh([task('a', 'done'), task('b', 'error')])).toBe(false);
  });
});

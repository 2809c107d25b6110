import { describe, expect, it } from 'vitest';
import type { TaskEvent } from '../events/event.ts';
import { summarize, type TaskSummary } from './topic.ts';

const base = { taskId: 't', projectId: 'p', attempt: 1 };

function summaryOf(events: readonly TaskEvent[]): TaskSummary | undefined {
  let summary: TaskSummary | undefined;
  for (const event of events) summary = summarize(summary, event);
  return summary;
}

const queued: TaskEvent = { ...base, attempt: 0, seq: 1, at: 1, type: 'queued', kind: 'a.b', priority: 5, stages: [] };
const started: TaskEvent = { ...base, seq: 2, at: 2, type: 'started', workerId: 'w' };
const progress = (seq: number, percent: number): TaskEvent => {
  return { ...base, seq, at: seq, type: 'progress', stage: 'read', current: 1, total: 2, percent };
};

describe('summarize', () => {
  it('gives the fields that a list shows of an unfinished task', () => {
    expect(summaryOf([queued, started, progress(3, 40)])).toEqual({
      ...{ taskId: 't', projectId: 'p', kind: 'a.b', status: 'running', attempt: 1 },
      ...{ percent: 40, stage: 'read', taskSeq: 3, updatedAt: 3 },
    });
  });

  it('keeps the highest percent', () => {
    expect(summaryOf([queued, started, progress(3, 40), progress(4, 10)])?.percent).toBe(40);
  });

  it('shows a requested cancel until the task ends', () => {
    const canceling: TaskEvent = { ...base, seq: 3, at: 3, type: 'canceling', requestedBy: 'x' };
    const again: TaskEvent = { ...started, seq: 4 };
    expect(summaryOf([queued, started, canceling, again])?.status).toBe('canceling');
  });

  it('gives undefined for an ended task', () => {
    const done: TaskEvent = { ...base, seq: 3, at: 3, type: 'done', output: 1, durationMs: 1 };
    expect(summaryOf([queued, started, done])).toBeUndefined();
  });
});

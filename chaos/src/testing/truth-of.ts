import { TruthLog } from '../truth/truth-log.ts';

const BASE = { taskId: 't', projectId: 'p', attempt: 1, at: 1_000 };

/** An event of a task as the system would write it. */
export function event(seq: number, type: string, more: Record<string, unknown> = {}) {
  return { seq, ...BASE, attempt: type === 'queued' ? 0 : 1, taskId: 't', type, ...more };
}

/** A log that holds these events. */
export function truthOf(events: readonly object[], name = 'taskwire:{p}:task:t:log'): TruthLog {
  const log = new TruthLog(name);
  for (const each of events) log.add(JSON.stringify(each));
  return log;
}

/** A task that counts to `to` and is done: queued, started, stage, progress…, stage, done. */
export function countedTask(to: number): Record<string, unknown>[] {
  const events: Record<string, unknown>[] = [
    event(1, 'queued', { kind: 'demo.count', priority: 5, stages: [{ name: 'count', weight: 1 }] }),
    event(2, 'started', { workerId: 'w' }),
    event(3, 'stage', { stage: 'count', status: 'running', weight: 1 }),
  ];
  for (let current = 1; current <= to; current += 1) {
    const percent = (100 * current) / to;
    events.push(event(3 + current, 'progress', { stage: 'count', current, total: to, percent }));
  }
  events.push(event(4 + to, 'stage', { stage: 'count', status: 'done', weight: 1 }));
  events.push(event(5 + to, 'done', { output: { counted: to }, durationMs: 1 }));
  return events;
}

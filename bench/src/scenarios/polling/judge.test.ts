import { describe, expect, it } from 'vitest';
import { judge, type Sighting, type TrueState } from './judge.ts';

const STATES: TrueState[] = [
  { seq: 1, at: 100, status: 'queued', attempt: 0, percent: 0 },
  { seq: 2, at: 110, status: 'running', attempt: 1, percent: 0 },
  { seq: 3, at: 120, status: 'running', attempt: 1, percent: 50 },
  { seq: 4, at: 130, status: 'done', attempt: 1, percent: 100 },
];

function shown(at: number, seq: number): Sighting {
  return { at, seq, status: 'running', attempt: 1, percent: 0 };
}

describe('judge', () => {
  it('finds that somebody who is shown each state has missed none', () => {
    const all = STATES.map(({ seq, at }) => shown(at + 2, seq));
    expect(judge(STATES, all)).toEqual({ seen: 4, missed: 0, p50Ms: 2, p99Ms: 2 });
  });

  it('counts a state that was never shown as missed, with the delay until a later one is shown', () => {
    expect(judge(STATES, [shown(101, 1), shown(101, 1), shown(140, 4)])).toEqual({
      seen: 2,
      missed: 2,
      p50Ms: 10,
      p99Ms: 30,
    });
  });

  it('separates states without a number by attempt, status and percent, and counts a repeated state once', () => {
    const row = (at: number, status: 'queued' | 'running' | 'done', percent: number): Sighting => {
      return { at, status, percent, attempt: status === 'queued' ? 0 : 1 };
    };
    const rows = [row(105, 'queued', 0), row(125, 'running', 20), row(126, 'running', 20), row(140, 'done', 100)];
    // 5 for queued, 15 for running, 20 for 50 %, which only `done` reaches, 10 for done.
    expect(judge(STATES, rows)).toEqual({ seen: 3, missed: 1, p50Ms: 10, p99Ms: 20 });
  });
});

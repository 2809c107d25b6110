import { describe, expect, it } from 'vitest';
import { countedTask, event, truthOf } from '../../testing/truth-of.ts';
import { checkLog } from './check-log.ts';
import { figuresOf } from '../findings.ts';

const EVENTS = countedTask(5);
const NONE = figuresOf([]);

function figures(events: readonly object[]) {
  return figuresOf(checkLog(truthOf(events)));
}

describe('checkLog', () => {
  it('finds nothing in a log without fault', () => {
    expect(figures(EVENTS)).toEqual(NONE);
  });

  it('finds a number that was given twice', () => {
    expect(figures([...EVENTS, { ...EVENTS[4], percent: 99 }])).toMatchObject({ lost: 1 });
  });

  it('finds a number that was left out', () => {
    expect(figures(EVENTS.filter((_, place) => place !== 4))).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('finds events after the end', () => {
    expect(figures([...EVENTS, event(EVENTS.length + 1, 'log', { level: 'info', message: 'late' })])).toEqual({
      ...NONE,
      duplicated: 1,
    });
  });

  it("finds events of an attempt after the next attempt's start", () => {
    const begun = EVENTS.map((each, place) => (place === 4 ? { ...each, attempt: 2 } : each));
    expect(figures(begun).outOfOrder).toBeGreaterThan(0);
  });

  it('finds a percent that fell', () => {
    const fallen = EVENTS.map((each, place) => (place === 6 ? { ...each, percent: 1 } : each));
    expect(figures(fallen)).toEqual({ ...NONE, outOfOrder: 1 });
  });

  it('finds tokens that are missing before a token', () => {
    const begin = EVENTS.slice(0, 3);
    const tokens = [
      event(4, 'token', { stage: 'count', text: 'one', offset: 0 }),
      event(5, 'token', { stage: 'count', text: 'three', offset: 7 }),
    ];
    expect(figures([...begin, ...tokens])).toEqual({ ...NONE, lost: 1 });
  });
});

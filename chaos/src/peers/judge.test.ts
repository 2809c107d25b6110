import { describe, expect, it } from 'vitest';
import { judge, type Verdict } from './judge.ts';
import type { Entry } from './record.ts';

function events(from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    type: 'event',
    from: from + index,
    to: from + index,
  }));
}

const completed: Entry = { type: 'ended', how: 'completed' };
const wholeRecord = [...events(1, 10), completed];
const faultless: Verdict = {
  produced: 10,
  received: 10,
  lost: 0,
  reported: 0,
  duplicated: 0,
  outOfOrder: 0,
  ended: true,
};

it('finds nothing in a whole record', () => {
  expect(judge(10, wholeRecord)).toEqual(faultless);
});

describe('a planted fault', () => {
  it('counts events that are missing in the middle and at the end as lost', () => {
    const entries = [...events(1, 3), ...events(6, 9), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, received: 7, lost: 3 });
  });

  it('counts a watcher that got nothing as having lost everything', () => {
    expect(judge(10, [])).toEqual({ ...faultless, received: 0, lost: 10, ended: false });
  });

  it('counts an event that came twice as duplicated, and not as out of order', () => {
    const entries = [...events(1, 5), ...events(3, 10), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, duplicated: 3 });
  });

  it('counts an event that came after a later one as out of order, and not as lost', () => {
    const entries = [...events(1, 3), ...events(5, 5), ...events(4, 4), ...events(6, 10), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, outOfOrder: 1 });
  });

  it('counts an event that came after a gap which named it as out of order', () => {
    const gap: Entry = { type: 'gap', range: { from: 4, to: 6 } };
    const entries = [...events(1, 3), gap, ...events(5, 5), ...events(7, 10), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, received: 8, reported: 2, outOfOrder: 1 });
  });

  it('says that the watcher learned of no end', () => {
    expect(judge(10, events(1, 10))).toEqual({ ...faultless, ended: false });
  });
});

describe('a gap that was signalled', () => {
  it('with numbers excuses these and no others', () => {
    const gap: Entry = { type: 'gap', range: { from: 4, to: 5 } };
    const entries = [...events(1, 3), gap, ...events(7, 10), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, received: 7, reported: 2, lost: 1 });
  });

  it('without numbers, a gap excuses missing events at its own place only', () => {
    const entries = [...events(1, 2), ...events(4, 5), { type: 'gap' } as const, ...events(8, 9), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, received: 6, reported: 2, lost: 2 });
  });

  it('without numbers and with nothing after it excuses the rest', () => {
    expect(judge(10, [...events(1, 6), { type: 'gap' }])).toEqual({
      ...faultless,
      received: 6,
      reported: 4,
      ended: false,
    });
  });
});

describe('a watch that begins with a state', () => {
  it('is owed only the events after it', () => {
    const entries: Entry[] = [{ type: 'start', after: 4 }, ...events(5, 10), completed];
    expect(judge(10, entries)).toEqual({ ...faultless, produced: 6, received: 6 });
  });

  it('is not excused by a second state that names no gap', () => {
    const entries: Entry[] = [
      { type: 'start', after: 0 },
      ...events(1, 3),
      { type: 'start', after: 6 },
      ...events(7, 10),
    ];
    expect(judge(10, entries)).toEqual({ ...faultless, received: 7, lost: 3, ended: false });
  });
});

it('counts a merged event for all that it stands for', () => {
  const entries: Entry[] = [...events(1, 3), { type: 'event', from: 4, to: 8 }, ...events(9, 10), completed];
  expect(judge(10, entries)).toEqual(faultless);
});

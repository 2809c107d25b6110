import { describe, expect, it } from 'vitest';
import { parseResident, parseStat, treeOf } from './process-facts.ts';

const STAT =
  '4711 (a (very) odd name) S 42 4711 4711 0 -1 4194304 1 2 3 4 100 20 7 3 20 0 11 0 5 6 7 18446744073709551615';

describe('parseStat', () => {
  it('adds up the time of the process and of the children it waited for, whatever its name', () => {
    expect(parseStat(STAT)).toEqual({ processId: 4711, parent: 42, ticks: 130 });
  });

  it('refuses any other line', () => {
    expect(() => parseStat('nothing of the kind')).toThrow('/proc/PID/stat');
    expect(() => parseStat('12 (node) S')).toThrow('/proc/PID/stat');
  });
});

describe('parseResident', () => {
  it('reads the resident size and nothing else', () => {
    expect(parseResident('Name:\tnode\nVmPeak:\t  900 kB\nVmRSS:\t   1234 kB\nRssAnon:\t 7 kB\n')).toBe(1234);
  });

  it('takes a process that is ending as one without memory', () => {
    expect(parseResident('Name:\tnode\nState:\tZ (zombie)\n')).toBe(0);
  });
});

describe('treeOf', () => {
  it('finds children of children, whatever their order, and no process twice', () => {
    const processes = [
      { processId: 9, parent: 5, ticks: 1 },
      { processId: 5, parent: 2, ticks: 1 },
      { processId: 2, parent: 1, ticks: 1 },
      { processId: 3, parent: 1, ticks: 1 },
    ];
    expect(treeOf([2, 5], processes).map(({ processId }) => processId)).toEqual([9, 5, 2]);
  });
});

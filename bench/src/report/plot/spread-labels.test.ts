import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from './spread-labels.ts';

describe('spreadLabels', () => {
  it('leaves alone what does not lie on each other', () => {
    expect(spreadLabels([90, 10, 50], 20, [0, 100])).toEqual([90, 10, 50]);
  });

  it('keeps any labels apart, in order, and within the ends if there is room', () => {
    const places = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(places, (wanted) => {
        const moved = spreadLabels(wanted, 20, [0, 200]);
        const sorted = [...moved].sort((one, other) => one - other);
        for (const [index, place] of sorted.entries()) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(200);
          if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(20);
        }
        for (const [index, place] of wanted.entries()) {
          const below = wanted.findIndex((other, at) => other > place && (moved[at] ?? 0) < (moved[index] ?? 0));
          expect(below).toBe(-1);
        }
      }),
    );
  });
});

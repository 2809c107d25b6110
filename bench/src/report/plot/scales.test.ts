import { describe, expect, it } from 'vitest';
import { axisOf } from './scales.ts';

describe('axisOf', () => {
  it('begins at 0 unless it is logarithmic, and has room for the greatest value', () => {
    const axis = axisOf([3, 9.7], [0, 100]);
    expect(axis.ticks[0]).toBe(0);
    expect(axis.place(0)).toBe(0);
    expect(axis.place(9.7)).toBeLessThanOrEqual(100);
  });

  it('has ticks at powers of ten on a long logarithmic axis, at 1, 2, 5 on a short one', () => {
    expect(axisOf([1, 10_000], [0, 100], true).ticks).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(axisOf([7, 31], [0, 100], true).ticks).toEqual([5, 10, 20, 50]);
  });

  it('has room for one value alone', () => {
    for (const isLogarithmic of [false, true]) {
      const at = axisOf([5], [0, 100], isLogarithmic).place(5);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(100);
    }
  });
});

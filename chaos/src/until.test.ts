import { expect, it } from 'vitest';
import { patience } from './until.ts';

it('gives things their own time on a machine that is idle', () => {
  expect(patience([0, 0, 0], 2)).toBe(1);
  expect(patience([2, 0, 0], 2)).toBe(1);
});

it('gives things longer the more the machine has to do, and not without end', () => {
  expect(patience([6, 0, 0], 2)).toBe(3);
  expect(patience([500, 0, 0], 2)).toBe(4);
});

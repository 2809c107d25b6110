import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callAt } from './call-at.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test.each([0, 1, 59_999, 60_000, 60_001, 2 ** 31, 2 ** 32 + 5])('calls once, at %d ms, not before', (time) => {
  const call = vi.fn();
  callAt(time, call);
  vi.advanceTimersByTime(Math.max(0, time - 1));
  expect(call).toHaveBeenCalledTimes(time === 0 ? 1 : 0);
  vi.advanceTimersByTime(100_000);
  expect(call).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('a past time is called at once, and Infinity never', () => {
  const past = vi.fn();
  const never = vi.fn();
  callAt(-5, past);
  const callOff = callAt(Infinity, never);
  vi.advanceTimersByTime(10_000_000);
  expect(past).toHaveBeenCalledOnce();
  expect(never).not.toHaveBeenCalled();
  callOff();
  expect(vi.getTimerCount()).toBe(0);
});

test('does not call after it is called off', () => {
  const call = vi.fn();
  const callOff = callAt(150_000, call);
  vi.advanceTimersByTime(130_000);
  callOff();
  vi.advanceTimersByTime(1_000_000);
  expect(call).not.toHaveBeenCalled();
});

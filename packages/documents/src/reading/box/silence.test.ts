import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from './silence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reports silence once, after its limit', () => {
  const onSilence = vi.fn();
  watchSilence(10_000, onSilence);
  vi.advanceTimersByTime(9_000);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);
  expect(onSilence).toHaveBeenCalledOnce();
});

it('counts a pause of this process as a moment', () => {
  const onSilence = vi.fn();
  watchSilence(10_000, onSilence);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
  vi.advanceTimersToNextTimer();
  expect(onSilence).not.toHaveBeenCalled();
  clock.mockRestore();
});

it('does not report after its end', () => {
  const onSilence = vi.fn();
  watchSilence(1_000, onSilence)();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
});

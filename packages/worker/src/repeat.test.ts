import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work whose runs end when the test says so. */
function slowWork() {
  const ends: (() => void)[] = [];
  const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const end = async () => {
    ends.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { work, end };
}

it('works at every tick, and skips the ticks that come during a run', async () => {
  const { work, end } = slowWork();
  const repetition = repeat(100, work);
  await vi.advanceTimersByTimeAsync(250);
  expect(work).toHaveBeenCalledTimes(1);
  await end();
  await vi.advanceTimersByTimeAsync(100);
  expect(work).toHaveBeenCalledTimes(2);
  await end();
  await repetition.stop();
});

it('works at once when asked; when asked during a run, once more right after it, although a tick came between', async () => {
  const { work, end } = slowWork();
  const repetition = repeat(100, work);
  repetition.again();
  expect(work).toHaveBeenCalledTimes(1);
  repetition.again();
  repetition.again();
  await vi.advanceTimersByTimeAsync(150);
  await end();
  expect(work).toHaveBeenCalledTimes(2);
  await end();
  expect(work).toHaveBeenCalledTimes(2);
  await repetition.stop();
});

it('stops once the run has ended, and then works no more', async () => {
  const { work, end } = slowWork();
  const repetition = repeat(100, work);
  repetition.again();
  repetition.again();
  const stopped = vi.fn();
  const stopping = repetition.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(300);
  expect(stopped).not.toHaveBeenCalled();
  await end();
  await stopping;
  repetition.again();
  await vi.advanceTimersByTimeAsync(300);
  expect(work).toHaveBeenCalledTimes(1);
});

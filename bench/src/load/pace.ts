import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `each` `count` times, `rate` times a second. Each call is due at its own time: what is late is caught up on, so
 * that the rate holds on average.
 * @returns once all that `each` returned has settled. @throws the first failure.
 */
export async function pace(
  { rate, count }: { rate: number; count: number },
  each: () => Promise<unknown>,
): Promise<void> {
  const begunAt = performance.now();
  const pending: Promise<unknown>[] = [];
  for (let index = 0; index < count; index += 1) {
    const earlyMs = begunAt + (index * 1_000) / rate - performance.now();
    if (earlyMs > 0) await delay(earlyMs);
    pending.push(each());
  }
  await Promise.all(pending);
}

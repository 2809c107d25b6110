import { vi } from 'vitest';

/** Longest wait (ms) for anything that happens soon, on a busy machine. */
const LONGEST_WAIT_MS = 20_000;

/** Repeats a check until it no longer throws. @throws the last error of the check, after 20 s or `timeout` (ms). */
export async function eventually<Value>(
  check: () => Value | Promise<Value>,
  timeout = LONGEST_WAIT_MS,
): Promise<Value> {
  return vi.waitFor(check, { timeout, interval: 20 });
}

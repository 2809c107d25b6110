import { vi } from 'vitest';

/** Waits until a check no longer throws: for as long as a busy machine may need. */
export async function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

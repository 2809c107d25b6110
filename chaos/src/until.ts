import { patience } from './patience.ts';

/** Waits until something holds. @returns whether it does, within `timeoutMs`; longer on a machine that is busy. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 50,
): Promise<boolean> {
  const begunAt = performance.now();
  for (;;) {
    if (await holds()) return true;
    if (performance.now() - begunAt > timeoutMs * patience()) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

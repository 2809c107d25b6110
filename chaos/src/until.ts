import { availableParallelism, loadavg } from 'node:os';

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

/** Largest factor by which things may take longer, however busy the machine is. */
const MOST = 4;

/** Returns the factor (1 to 4) by which things may now take longer than on an idle machine. */
export function patience([load = 0]: readonly number[] = loadavg(), processors = availableParallelism()): number {
  return Math.min(MOST, Math.max(1, load / processors));
}

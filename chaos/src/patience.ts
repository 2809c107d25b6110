import { availableParallelism, loadavg } from 'node:os';

/** However busy the machine is, nothing may take more than this many times longer. */
const MOST = 4;

/** How many times longer than on a machine of its own something may take now: from 1 to 4. */
export function patience([load = 0]: readonly number[] = loadavg(), processors = availableParallelism()): number {
  return Math.min(MOST, Math.max(1, load / processors));
}

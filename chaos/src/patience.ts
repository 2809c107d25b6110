import { availableParallelism, loadavg } from 'node:os';

/** Largest factor by which things may take longer, however busy the machine is. */
const MOST = 4;

/** Returns the factor (1 to 4) by which things may now take longer than on an idle machine. */
export function patience([load = 0]: readonly number[] = loadavg(), processors = availableParallelism()): number {
  return Math.min(MOST, Math.max(1, load / processors));
}

import { setTimeout as delay } from 'node:timers/promises';
import { collectGarbage } from '../../measure/collect-garbage.ts';
import { residentKib } from '../../measure/usage.ts';

/** Freed memory returns to the system a little later. */
const IDLE_MS = 5_000;
const BOUND_MS = 30_000;
const LOOK_MS = 500;
/** At rest: a number of readings in a row that differ by less than this share. */
const LOOKS = 5;
const SHARE = 0.005;

/**
 * Resident memory (KiB) of processes that have thrown their garbage away, have been left alone for some seconds and have
 * come to rest; after 30 s in any case.
 */
export async function settledResident(processIds: readonly number[]): Promise<number> {
  for (const processId of processIds) await collectGarbage(processId);
  const begunAt = performance.now();
  const last: number[] = [];
  for (;;) {
    const now = residentKib(processIds);
    last.push(now);
    if (last.length > LOOKS) last.shift();
    const idleMs = performance.now() - begunAt;
    const isAtRest = Math.max(...last) - Math.min(...last) < SHARE * now;
    if ((idleMs > IDLE_MS && isAtRest) || idleMs > BOUND_MS) return now;
    await delay(LOOK_MS);
  }
}

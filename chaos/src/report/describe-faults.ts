import type { PlannedFault } from '../plan/round-plan.ts';

/** Faults as they were planned, for people: when (s), what, for how long (s), and in which way. */
export function describeFaults(faults: readonly PlannedFault[]): string[] {
  return faults.map(({ kind, atMs, forMs, how = [] }) => {
    const ways = how.length === 0 ? '' : ` (${how.join(' ')})`;
    const length = forMs === 0 ? '' : ` for ${seconds(forMs)} s`;
    return `${seconds(atMs)} s ${kind}${length}${ways}`;
  });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

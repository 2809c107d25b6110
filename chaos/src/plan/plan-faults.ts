import type { Random } from '../random.ts';
import { APIS, GATES, WORKERS, type FaultKind, type PlannedFault } from './round-plan.ts';

const SHARES: Readonly<Record<FaultKind, number>> = {
  'worker-kill': 4,
  'worker-stop': 3,
  'worker-restart': 2,
  'api-kill': 4,
  'api-stop': 3,
  'api-restart': 2,
  'redis-kill': 3,
  'redis-flush': 3,
  'redis-cut': 4,
  'redis-stall': 3,
  'postgres-cut': 3,
  'postgres-stall': 2,
  'watchers-cut': 4,
  'watchers-stall': 3,
  trim: 4,
};

/** How long a worker must be stopped to lose its tasks to the other one. */
const LONG_STOP_MS = 12_000;

/** Three to six faults, which may overlap. */
export function planFaults(random: Random, allowed: readonly FaultKind[]): PlannedFault[] {
  if (allowed.length === 0) return [];
  const choices = allowed.map((kind) => [kind, SHARES[kind]] as const);
  const faults = Array.from({ length: random.int(3, 6) }, () => planFault(random, random.weighted(choices)));
  return faults.sort((one, other) => one.atMs - other.atMs);
}

function planFault(random: Random, kind: FaultKind): PlannedFault {
  return { kind, atMs: random.int(200, 4_000), forMs: durationOf(kind, random), target: targetOf(kind, random) };
}

function durationOf(kind: FaultKind, random: Random): number {
  switch (kind) {
    case 'worker-kill':
    case 'api-kill':
    case 'redis-kill':
      return random.int(0, 1_500);
    case 'worker-stop':
      return random.chance(15) ? LONG_STOP_MS : random.int(100, 3_000);
    case 'api-stop':
    case 'redis-stall':
    case 'postgres-stall':
    case 'watchers-stall':
      return random.int(100, 3_000);
    case 'redis-cut':
    case 'postgres-cut':
    case 'watchers-cut':
      return random.chance(50) ? 0 : random.int(100, 2_500);
    case 'worker-restart':
    case 'api-restart':
    case 'redis-flush':
    case 'trim':
      return 0;
    default:
      return kind satisfies never;
  }
}

function targetOf(kind: FaultKind, random: Random): number {
  if (kind.startsWith('worker-')) return random.int(0, WORKERS - 1);
  if (kind.startsWith('api-')) return random.int(0, APIS - 1);
  if (kind.startsWith('watchers-')) return random.int(0, GATES - 1);
  return random.int(0, WORKERS + APIS - 1);
}
